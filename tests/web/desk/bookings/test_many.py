"""Acts on what is ticked, or on all that is found: done, skipped and why; addresses; files (C4–C6)."""

import pytest

from comptoir.bookings.models import Booking, Registration
from comptoir.journal.models import Entry
from comptoir.web.desk.bookings import contact, selection
from tests.factories import make_level, make_registrations
from tests.web.desk.desk import words


@pytest.fixture
def rows(place):
    people = [("Anne", "Vial", "anne@exemple.fr")]
    first = make_registrations(place.session, people=people, state="pending")[0]
    second = make_registrations(place.other, state="cancelled", booking_contact_email="c@exemple.fr")[0]
    return first, second


def choose(desk, act, **data):
    return desk.post("bookings-choose", data={"act": act, "search": "", **data})


def test_done_and_skipped_are_said(rows, desk):
    page = choose(desk, "validate", ids=[row.pk for row in rows])
    assert "1 réservation laissée telle quelle" in words(page)
    assert "Personne n’attend d’être validé" in words(page)
    assert [row.state for row in Registration.objects.order_by("pk")] == ["validated", "cancelled"]


@pytest.mark.parametrize(
    ("act", "states"), [("cancel", ["cancelled", "cancelled"]), ("reactivate", ["pending", "pending"])]
)
def test_all_that_the_search_finds(rows, desk, act, states):
    asked = choose(desk, "more", all="1", search="text=")
    assert "2 inscriptions" in words(asked)
    desk.post("bookings-act", data={"act": act, "all": "1", "search": ""})
    assert [row.state for row in Registration.objects.order_by("pk")] == states


def test_the_search_is_asked_again_and_the_perimeter_with_it(rows, manager):
    page = manager.post("bookings-act", data={"act": "label", "label": "VIP", "all": "1", "search": ""})
    assert "1 réservation." in words(page)
    assert list(Booking.objects.order_by("pk").values_list("label", flat=True)) == ["VIP", ""]
    outside = manager.post("bookings-act", data={"act": "cancel", "ids": [rows[1].pk], "search": ""})
    assert outside.context["outcome"].done == []


def test_a_level_for_many(rows, place, desk):
    level = make_level(place.organisation)
    ids = [row.pk for row in rows]
    desk.post("bookings-act", data={"act": "level", "level": str(level.pk), "ids": ids, "search": ""})
    assert set(Registration.objects.values_list("level", flat=True)) == {level.pk}
    refused = desk.post("bookings-act", data={"act": "level", "ids": ids, "search": ""})
    assert "laissées telles quelles" in words(refused)


def test_nothing_ticked_leads_back_and_too_many_is_told(rows, desk, monkeypatch):
    assert choose(desk, "validate").status_code == 302
    assert desk.post("bookings-act", data={"act": "x", "ids": [1]}).status_code == 302
    assert desk.post("bookings-act", data={"act": "cancel"}).status_code == 422
    monkeypatch.setattr(selection, "MOST_AT_ONCE", 1)
    page = choose(desk, "validate", all="1")
    assert (page.status_code, "au plus 1 réservations" in words(page)) == (422, True)


def test_addresses_open_the_mail_client_and_can_be_copied(rows, desk):
    page = choose(desk, "contact", all="1")
    assert "mailto:?bcc=c@exemple.fr,anne@exemple.fr" in page.content.decode()
    assert "c@exemple.fr; anne@exemple.fr" in words(page)
    one = desk.get("booking-contact", rows[0].booking.reference)
    assert "mailto:?bcc=anne@exemple.fr" in one.content.decode()
    Registration.objects.update(email="")
    Booking.objects.update(contact_email="")
    assert "Aucune adresse" in words(choose(desk, "contact", all="1"))


def test_a_long_list_of_addresses_is_cut_into_links_that_open():
    emails = [f"personne.{n}+x@exemple-assez-long.fr" for n in range(200)]
    found = contact.links(emails)
    assert sum(count for count, _link in found) == 200
    assert all(len(link) < 2000 for _count, link in found)
    assert "%2B" in found[0][1]
    assert contact.links([]) == []


def test_files_hold_the_search_or_what_is_ticked(rows, desk):
    whole = b"".join(choose(desk, "csv", all="1").streaming_content).decode("utf-8-sig").splitlines()
    assert (len(whole), whole[0].startswith('"Réservation";"Rang"')) == (3, True)
    ticked = b"".join(choose(desk, "csv", ids=[rows[0].pk]).streaming_content).decode("utf-8-sig").splitlines()
    assert len(ticked) == 2
    assert '"anne@exemple.fr"' in ticked[1]
    found = choose(desk, "csv", all="1", search="state=cancelled")
    assert len(b"".join(found.streaming_content).splitlines()) == 2
    sheet = choose(desk, "xlsx", all="1")
    assert b"".join(sheet.streaming_content).startswith(b"PK")
    assert Entry.objects.filter(what="registration.exported").count() == 4
