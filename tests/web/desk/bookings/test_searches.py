"""Searches are kept by each person, found again, forgotten; nobody else's (C3)."""

from comptoir.bookings.models import SavedSearch
from tests.factories import make_registrations
from tests.web.desk.desk import words


def keep(desk, name, search="payment=due&page=4&x=1"):
    return desk.post("bookings-search-keep", data={"name": name, "search": search}, follow=True)


def test_a_search_is_kept_replaced_and_forgotten(place, desk, manager):
    make_registrations(place.session)
    assert "La recherche est gardée." in words(keep(desk, "  À encaisser "))
    kept = SavedSearch.objects.get()
    assert (kept.name, kept.query) == ("À encaisser", "payment=due")
    keep(desk, "À encaisser", "state=pending&sort=name")
    assert SavedSearch.objects.get().query == "state=pending&sort=name"
    assert "?state=pending&amp;sort=name" in desk.get("bookings").content.decode()
    assert "À encaisser" not in words(manager.get("bookings"))
    assert manager.post("bookings-search-forget", kept.pk).status_code == 404
    desk.post("bookings-search-forget", kept.pk)
    assert not SavedSearch.objects.exists()


def test_a_name_is_needed_and_thirty_are_enough(place, desk):
    assert "Donnez un nom" in words(keep(desk, " "))
    assert "trop longue" in words(keep(desk, "Longue", "text=" + "é" * 90 + "&label=" + "é" * 40))
    SavedSearch.objects.bulk_create(SavedSearch(staff=desk.staff, name=f"n{n}", query="") for n in range(30))
    assert "30 recherches" in words(keep(desk, "De trop"))
    assert "gardée" in words(keep(desk, "n3"))
    assert SavedSearch.objects.count() == 30
