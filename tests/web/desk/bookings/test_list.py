"""The list of registrations: what it finds, whose they are, page after page (C1–C3, C6)."""

import re
from urllib.parse import parse_qsl

import pytest

from comptoir.bookings import queries as bookings
from comptoir.bookings.models import AddOnLine, Registration
from tests.factories import make_add_on, make_level, make_organisation, make_registrations, make_seat_type, make_staff
from tests.web.desk.desk import Desk, words


def names(response):
    return [str(one) for one in response.context["page"].rows]


def numbered(place, count):
    return [make_registrations(place.session, people=[("Nº", f"{n:02}", "")])[0] for n in range(1, count + 1)]


def test_the_list_is_of_the_perimeter(place, desk, manager):
    make_registrations(place.session, people=[("Anne", "Ici", "")])
    make_registrations(place.other, people=[("Bob", "Ailleurs", "")])
    assert names(desk.get("bookings")) == ["Bob Ailleurs", "Anne Ici"]
    page = manager.get("bookings")
    assert names(page) == ["Anne Ici"]
    assert page.context["page"].count == 1
    for hidden in ("Ailleurs", "Bob"):
        assert hidden not in words(page)
        assert names(manager.get("bookings", query={"text": hidden})) == []
    stranger = Desk(make_staff(make_organisation("rhone")))
    assert names(stranger.get("bookings")) == []


def test_each_criterion_narrows(place, desk):
    rate, level = make_seat_type(place.session, "Étudiant"), make_level(place.organisation)
    (first,) = make_registrations(place.session, people=[("A", "Un", "un@exemple.fr")], seat_type=rate, level=level)
    meal = make_add_on(place.session)
    AddOnLine.objects.create(registration=first, add_on=meal, quantity=1, price_cents=2_000)
    make_registrations(place.other, people=[("B", "Deux", "")], state="pending", booking_label="VIP")
    make_registrations(place.other, people=[("C", "Trois", "")], state="cancelled", price_cents=0)
    asked = {
        ("A Un",): [
            {"text": "un@ex"}, {"session": place.session.pk}, {"activity": place.activity.pk, "state": "validated"},
            {"session": place.session.pk, "seat_type": rate.pk}, {"level": level.pk},
            {"session": place.session.pk, "add_on": meal.pk},
        ],
        ("B Deux",): [{"label": "VIP"}, {"state": "pending"}, {"text": "deux"}],
        ("B Deux", "A Un"): [{"payment": "due"}],
        ("C Trois",): [{"payment": "free"}],
        (): [{"last": "2020-01-01"}, {"text": "personne"}, {"first": "2030-01-01"}],
    }  # fmt: skip
    for found, queries in asked.items():
        for query in queries:
            assert tuple(names(desk.get("bookings", query=query))) == found, query
    assert len(names(desk.get("bookings", query={"state": "n’importe", "activity": "x", "first": "hier"}))) == 3


def test_pages_go_on_and_back_and_to_the_end(place, desk):
    numbered(place, 60)
    everyone = [f"Nº {n:02}" for n in range(60, 0, -1)]
    seen, address = [], ""
    pages = []
    while address is not None:
        page = desk.browser.get(desk.address("bookings") + address).context["page"]
        pages.append(page)
        seen += [str(one) for one in page.rows]
        address = page.next or None
    assert seen == everyone
    assert [(one.start, one.end, one.count) for one in pages] == [(1, 25, 60), (26, 50, 60), (51, 60, 60)]
    end = desk.browser.get(desk.address("bookings") + pages[0].last).context["page"]
    assert ([str(one) for one in end.rows], end.start, end.next) == (everyone[50:], 51, "")
    back = desk.browser.get(desk.address("bookings") + end.previous).context["page"]
    assert ([str(one) for one in back.rows], back.start, back.end) == (everyone[25:50], 26, 50)
    first = desk.browser.get(desk.address("bookings") + back.previous).context["page"]
    assert ([str(one) for one in first.rows], first.start, first.previous) == (everyone[:25], 1, "")
    assert [str(one) for one in desk.browser.get(desk.address("bookings") + back.first).context["page"].rows] == seen[
        :25
    ]


@pytest.mark.parametrize(("most", "first", "early"), [(5_000, 20_000, 26), (0, 3, 2), (0, 3, 1_000), (0, 20_000, 26)])
@pytest.mark.parametrize("sort", ["", "name"])
def test_the_same_pages_whatever_way_the_rows_are_met(place, desk, monkeypatch, most, first, early, sort):
    for name, value in (("MOST_COUNTED", most), ("FIRST", first), ("MET_EARLY", early)):
        monkeypatch.setattr(bookings, name, value)
    numbered(place, 27)
    make_registrations(place.session, people=[("Anne", "Autre", "")])
    order = [f"Nº {n:02}" for n in range(1, 28)]
    wanted = order if sort else order[::-1]
    page = desk.get("bookings", query={"text": "no", "sort": sort})
    assert names(page) == wanted[:25]
    following = dict(parse_qsl(page.context["page"].next[1:], keep_blank_values=True))
    page = desk.get("bookings", query=following)
    assert names(page) == wanted[25:]
    back = dict(parse_qsl(page.context["page"].previous[1:], keep_blank_values=True))
    assert names(desk.get("bookings", query=back)) == wanted[:25]
    assert names(desk.get("bookings", query={"text": "no 02", "sort": sort})) == ["Nº 02"]


def test_by_name_too_and_an_invented_mark_is_the_first_page(place, desk):
    numbered(place, 30)
    page = desk.get("bookings", query={"sort": "name"})
    assert names(page) == [f"Nº {n:02}" for n in range(1, 26)]
    after = desk.browser.get(desk.address("bookings") + page.context["page"].next)
    assert names(after) == [f"Nº {n:02}" for n in range(26, 31)]
    for query in ({"apres": "1.2"}, {"avant": "x"}, {"sort": "constructor"}, {"per_page": "7"}, {"depuis": "9" * 30}):
        assert names(desk.get("bookings", query=query))[0] == "Nº 30", query


def test_a_list_of_ten_costs_what_a_list_of_one_does(place, desk, django_assert_num_queries):
    desk.get("bookings")  # the first visit knows who comes in
    counts = []
    for _round in range(2):
        numbered(place, 5)
        with django_assert_num_queries(len(counts[0]) if counts else 30, exact=bool(counts)) as told:
            desk.get("bookings")
        counts.append(told.captured_queries)


def test_more_than_is_counted_is_said(place, desk, monkeypatch):
    numbered(place, 8)
    monkeypatch.setattr("comptoir.bookings.queries.MOST_COUNTED", 5)
    page = desk.get("bookings", query={"payment": "due"})
    assert "1–8 sur plus de 5" in " ".join(re.sub("<[^>]*>", "", words(page)).split())


def test_an_empty_list_says_what_to_do(desk):
    assert "arrivent ici" in words(desk.get("bookings"))
    assert "retirez un filtre" in words(desk.get("bookings", query={"text": "x"}))


def test_activities_lead_to_their_registrations(place, desk, manager):
    make_registrations(place.session, 2)
    make_registrations(place.other, 1, state="pending")
    page = desk.get("bookings-activities")
    assert f"?activity={place.activity.pk}" in page.content.decode()
    assert re.search(
        r"Sauveteur secouriste \d+ 2 1 0 0 0 Chiffres", " ".join(re.sub("<[^>]*>", " ", words(page)).split())
    )
    assert [counts for _one, counts in manager.get("bookings-activities").context["rows"]] == [
        {"pending": 0, "validated": 2, "cancelled": 0, "withdrawn": 0, "waiting": 0, "candidate": 0}
    ]
    assert "Aucune activité" in words(desk.get("bookings-activities", query={"text": "introuvable"}))
    assert Registration.objects.count() == 3
