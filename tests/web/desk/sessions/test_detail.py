"""The page of a session and what is done from it: state, cancellation, publication, rates."""

from datetime import UTC, date, datetime

import pytest

from comptoir.catalogue.models import SeatType, Session
from comptoir.catalogue.states import SessionState
from comptoir.journal.models import Entry
from tests.factories import make_organisation, make_seat_type, make_session, make_slot
from tests.web.desk.sessions.conftest import DESK, errors, plain, text

SESSIONS = f"{DESK}sessions/"


def page(session, tail=""):
    return f"{SESSIONS}{session.pk}/{tail}"


def test_it_says_who_what_and_where_it_stands(signed_in, session):
    make_slot(session, datetime(2077, 1, 11, 8, tzinfo=UTC), datetime(2077, 1, 11, 11, 30, tzinfo=UTC), place="B12")
    make_seat_type(session, "Adhérent", price_cents=20_000, capacity=3)
    shown = plain(signed_in().get(page(session)))
    for words in (
        "Sauveteur secouriste",
        session.reference,
        "Ouverte",
        "Salle Loire, Nantes",
        "200,00\u00a0€",
        "B12",
        "9\u00a0h\u00a0– 12\u00a0h\u00a030",
        "Adhérent",
        "240,00\u00a0€",
        "En vente",
        "Personne n’est encore inscrit",
    ):
        assert words in shown  # fmt: skip


def test_hours_are_those_of_the_place(signed_in, activity):
    session = make_session(activity, time_zone="Indian/Reunion")
    make_slot(session, datetime(2077, 1, 11, 5, tzinfo=UTC), datetime(2077, 1, 11, 8, tzinfo=UTC))
    shown = plain(signed_in().get(page(session)))
    assert "9\u00a0h\u00a0– 12\u00a0h" in shown
    assert "Heures de La Réunion" in shown


def test_what_keeps_it_off_sale_is_said_with_its_cure(signed_in, activity):
    session = make_session(activity, state="draft", is_published=False, kind="intra")
    shown = plain(signed_in().get(page(session)))
    assert "Pas en vente" in shown
    assert "seules les sessions INTER sont en vente" in shown
    assert "ouvrez-la" in shown


@pytest.mark.parametrize(("role", "acts"), [("administrator", True), ("sales_rep", False), ("manager", False)])
def test_readers_read_without_buttons(signed_in, session, role, acts):
    client = signed_in(role)
    session.managers.add(client.staff)
    shown = text(client.get(page(session)))
    assert (f'href="{page(session, "modifier/")}"' in shown) == acts
    assert ('action="' + page(session, "etat/") in shown) == acts


@pytest.mark.parametrize("state", SessionState)
def test_the_page_of_every_state_offers_its_moves(signed_in, activity, state):
    session = make_session(activity, state=state)
    shown = text(signed_in().get(page(session)))
    offered = {value for value in ("open", "closed", "draft") if f'name="to" value="{value}"' in shown}
    assert offered == {"draft": {"open"}, "open": {"closed", "draft"}, "closed": {"open"}, "cancelled": set()}[state]
    assert ("annulation/" in shown) == (state != "cancelled")


def test_it_moves_and_a_forbidden_move_is_told(signed_in, session):
    client = signed_in()
    assert client.post(page(session, "etat/"), {"to": "closed"}).status_code == 302
    assert Session.objects.get().state == "closed"
    refused = client.post(page(session, "etat/"), {"to": "draft"})
    assert refused.status_code == 409
    assert "Close → Brouillon" in plain(refused)
    for wrong in ("cancelled", "", "sold"):
        client.post(page(session, "etat/"), {"to": wrong})
    assert Session.objects.get().state == "closed"


def test_cancelling_asks_for_the_reference(signed_in, session):
    client = signed_in()
    address = page(session, "annulation/")
    assert "définitif" in plain(client.get(address))
    wrong = client.post(address, {"confirmation": "S-9"})
    assert wrong.status_code == 422
    assert 'value="S-9"' in text(wrong)
    assert Session.objects.get().state == "open"
    assert client.post(address, {"confirmation": f" {session.reference.lower()} "}).status_code == 302
    assert Session.objects.get().state == "cancelled"
    assert client.get(address).status_code == 302, "done already"


def test_it_is_published_withdrawn_and_refused_with_the_reason(signed_in, session):
    client = signed_in()
    client.post(page(session, "publication/"))
    assert not Session.objects.get().is_published
    client.post(page(session, "publication/"), {"publish": "1"})
    assert Session.objects.get().is_published
    Session.objects.update(is_published=False, city="")
    refused = client.post(page(session, "publication/"), {"publish": "1"})
    assert refused.status_code == 409
    assert "Indiquez la ville" in plain(refused)


def test_rates_are_added_changed_withdrawn_and_offered_again(signed_in, session):
    client = signed_in()
    address = page(session, "tarifs/nouveau/")
    assert client.get(address).status_code == 200
    assert errors(client.post(address, {"name": "", "price": "dix", "capacity": "-1"})) == {"name", "price"}
    assert client.post(address, {"name": "Adhérent", "price": "20"}).status_code == 302
    assert errors(client.post(address, {"name": "adherent", "price": "20", "capacity": "0"})) == {"name", "capacity"}
    rate = SeatType.objects.get()
    one = f"{SESSIONS}tarifs/{rate.pk}/"
    assert 'value="20,00"' in text(client.get(one))
    client.post(one, {"name": "Adhérent", "price": "25,5", "capacity": "4", "rank": "2"})
    assert SeatType.objects.values_list("price_cents", "capacity", "rank").get() == (2_550, 4, 2)
    for sent, is_active in (({}, False), ({"offer": "1"}, True)):
        client.post(f"{one}offre/", sent)
        assert SeatType.objects.get().is_active == is_active
    assert errors(client.post(one, {"name": "", "price": "1"})) == {"name"}


POSTS = ("etat/", "annulation/", "publication/", "seances/", "seances/regle/", "seances/decalage/",
         "tarifs/nouveau/", "copie/", "serie/", "modifier/")  # fmt: skip
GETS = ("", "modifier/", "annulation/", "seances/", "seances/regle/", "tarifs/nouveau/", "copie/", "serie/")


@pytest.mark.parametrize("tail", POSTS)
def test_nothing_of_another_organisation_nor_outside_the_perimeter_is_there(signed_in, session, tail):
    stranger = signed_in("administrator", make_organisation("rhone"))
    assert stranger.post(f"/rhone/bureau/sessions/{session.pk}/{tail}").status_code == 404
    for role in ("manager", "sales_rep"):
        assert signed_in(role).post(page(session, tail)).status_code == 403
    assert not Entry.objects.exists()


@pytest.mark.parametrize("tail", GETS)
def test_a_manager_gets_404_beyond_the_sessions_managed(signed_in, session, tail):
    client = signed_in("manager")
    assert client.get(page(session, tail)).status_code == (403 if tail else 404)
    assert client.get(f"{SESSIONS}999999/").status_code == 404
    session.managers.add(client.staff)
    assert client.get(page(session)).status_code == 200


def test_rates_of_others_are_not_there(signed_in, session):
    rate = make_seat_type(session)
    stranger = signed_in("administrator", make_organisation("rhone"))
    for tail in ("", "offre/"):
        assert stranger.post(f"/rhone/bureau/sessions/tarifs/{rate.pk}/{tail}").status_code == 404
        assert signed_in("manager").post(f"{SESSIONS}tarifs/{rate.pk}/{tail}").status_code == 403


@pytest.mark.parametrize("tail", GETS)
def test_reading_writes_nothing(signed_in, session, tail, django_assert_max_num_queries):
    client = signed_in()
    rate = make_seat_type(session)
    before = Session.objects.values().get(), SeatType.objects.values().get()
    query = {"first": "2077-05-05", "step": "week", "times": "3"} if tail == "serie/" else {}
    assert client.get(page(session, tail), query).status_code == 200
    assert client.get(f"{SESSIONS}tarifs/{rate.pk}/").status_code == 200
    assert (Session.objects.values().get(), SeatType.objects.values().get()) == before
    assert not Entry.objects.exists()
    for post_only in ("etat/", "publication/", "seances/decalage/"):
        assert client.get(page(session, post_only)).status_code == 405


@pytest.mark.parametrize("count", [1, 20])
def test_it_costs_the_same_for_any_number_of_slots_and_rates(signed_in, session, count, django_assert_max_num_queries):
    for number in range(count):
        start = datetime(2077, 1, 11 + number, 8, tzinfo=UTC)
        make_slot(session, start, start.replace(hour=11))
        make_seat_type(session, f"Tarif {number}")
    client = signed_in()
    client.get(page(session))
    with django_assert_max_num_queries(28):
        assert client.get(page(session)).status_code == 200


def test_a_session_long_gone_has_its_page(signed_in, activity):
    session = make_session(activity, starts_on=date(2020, 1, 6), ends_on=date(2020, 1, 6))
    assert "La session a commencé" in plain(signed_in().get(page(session)))
