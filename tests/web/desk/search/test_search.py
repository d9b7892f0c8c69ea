"""The one box: a reference goes straight to its page, a name shows what it finds, within the perimeter."""

import pytest

from comptoir.deals.models import Deal
from tests.factories import NOW, make_client, make_registrations, make_session
from tests.integration.conftest import ask
from tests.web.desk.desk import words


def found(desk, text):
    return {
        str(group.label): [hit.reference for hit in group.hits]
        for group in desk.get("search", query={"q": text}).context["groups"]
    }


def register(session, last_name="Le Bihan", reference="R-ABC"):
    people = [("Ronan", last_name, "")]
    return make_registrations(session, people=people, booking_reference=reference, booking_source=reference)[0]


def test_a_name_finds_requests_clients_registrations_and_deals(at_desk, world):
    request = ask(world, legal_name="Bihan et fils")
    client = make_client(world.organisation, "Bihan et fils")
    register(world.session)
    Deal.objects.create(organisation=world.organisation, reference="DO-9", title="Bihan", chance=33, created_at=NOW)
    assert found(at_desk(), "bihan") == {
        "Pré-inscriptions": [request.reference], "Clients": [client.number], "Inscriptions": ["R-ABC"],
        "Dossiers commerciaux": ["DO-9"],
    }  # fmt: skip


def test_a_session_is_found_by_title_or_place(at_desk, world):
    session = make_session(world.activity, city="Angers")
    assert found(at_desk(), "secouriste angers") == {"Sessions": [session.reference]}


def test_a_reference_goes_straight_to_its_page(at_desk, world):
    request = ask(world)
    desk = at_desk()
    answer = desk.get("search", query={"q": f" {request.reference.lower()} "})
    assert answer.url == desk.address("intake-request", request.reference)


def test_the_page_says_how_many_there_are(at_desk, world):
    for number in range(8):
        make_client(world.organisation, f"Maison Bihan {number}")
    response = at_desk().get("search", query={"q": "bihan"})
    assert [(group.count, len(group.hits)) for group in response.context["groups"]] == [(8, 6)]


@pytest.mark.parametrize("text", ["", "a", "  "])
def test_too_little_asks_for_more(at_desk, world, text):
    assert "Tapez au moins deux lettres" in words(at_desk().get("search", query={"q": text}))


def test_nothing_found_says_how_to_find_more(at_desk, world):
    page = words(at_desk().get("search", query={"q": "introuvable"}))
    assert "Rien de ce nom" in page
    assert 'value="introuvable"' in page


def test_a_manager_finds_only_the_sessions_managed(at_desk, world):
    desk = at_desk("manager")
    ask(world, legal_name="Bihan")
    register(world.session)
    mine = make_session(world.activity, managers=[desk.staff])
    register(mine, reference="R-MINE")
    assert found(desk, "bihan") == {"Inscriptions": ["R-MINE"]}
    assert found(desk, "secouriste") == {"Sessions": [mine.reference]}


def test_another_organisation_finds_nothing(at_desk, world):
    request = ask(world, legal_name="Bihan")
    register(world.session)
    desk = at_desk(organisation=None)
    for text in ("bihan", request.reference, world.session.reference, "R-ABC"):
        assert found(desk, text) == {}


@pytest.mark.parametrize("count", [1, 4])
def test_it_costs_the_same_whatever_is_found(at_desk, world, count, django_assert_max_num_queries):
    for number in range(count):
        make_client(world.organisation, f"Bihan {number}")
        ask(world, legal_name=f"Bihan {number}")
    desk = at_desk()
    desk.get("search", query={"q": "bihan"})
    with django_assert_max_num_queries(24):
        desk.get("search", query={"q": "bihan"})
