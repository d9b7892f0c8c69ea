"""Another organisation's things do not exist: every address of the desk, walked as the neighbour's administrator.

Addresses are read from the URL table: a page added anywhere is walked the same day. A new argument must be called
after its model (`deal_id`), or said in `tests.house.worlds`.
"""

import pytest
from django.db import connection

from tests.house.digests import digest
from tests.house.routes import ORGANISATION, routes
from tests.house.worlds import WORDS

DESK = routes(ORGANISATION, under="bureau/")
WITH_IDS = [route for route in DESK if any(name not in WORDS for name in route.arguments)]
NOT_THERE = {404, 405}  # 405: the address takes another verb, whoever asks


def test_the_walk_sees_the_desk():
    assert {"desk:settings", "desk:journal", "desk:settings-person"} <= {route.name for route in DESK}


def test_every_argument_names_a_row(worlds):
    """Otherwise the two walks below would ask for things that nobody has."""
    ours, _ = worlds
    asked = [(name, route.template) for route in DESK for name in route.arguments if name not in WORDS]
    assert [one for one in asked if not ours.names(*one)] == []


@pytest.mark.parametrize("verb", ["get", "post"])
def test_a_neighbour_finds_no_desk_here(worlds, opened_by, verb):
    """Every address under our slug, with our own ids, asked by their administrator."""
    ours, theirs = worlds
    client = opened_by(theirs.admin.user)
    before = digest()
    answers = {route.name: getattr(client, verb)(f"/loire/{route.path(ours.values(route))}") for route in DESK}
    assert {name: answer.status_code for name, answer in answers.items() if answer.status_code not in NOT_THERE} == {}
    assert digest() == before


@pytest.mark.parametrize("verb", ["get", "post"])
def test_their_ids_are_numbers_never_used_here(worlds, opened_by, verb):
    """Every address of our own desk, with the neighbour's ids: the same answer as a number nobody has."""
    ours, theirs = worlds
    client = opened_by(ours.admin.user)
    before = digest()
    found = {}
    for route in WITH_IDS:
        answer = getattr(client, verb)(f"/loire/{route.path(theirs.values(route))}")
        if answer.status_code not in NOT_THERE:
            found[route.name] = answer.status_code
    assert found == {}
    assert digest() == before


def test_a_forgotten_organisation_goes_red(worlds, opened_by, monkeypatch):
    """Sabotage: a query that forgets its organisation is seen by the walk."""
    from comptoir.organisations import queries
    from comptoir.organisations.models import Territory

    monkeypatch.setattr(queries, "territories", lambda *, seen_by: Territory.objects.order_by("name", "pk"))
    with pytest.raises(AssertionError, match="desk:settings-territory"):
        test_their_ids_are_numbers_never_used_here(worlds, opened_by, "get")


def test_the_digest_sees_one_changed_cell(worlds):
    before = digest()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE organisations_territory SET name = 'Sud' WHERE name = 'Ouest'")
    assert digest() != before
