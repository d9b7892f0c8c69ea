"""Reading a page changes nothing: every GET of every address and every link, the database compared (T64, T32)."""

import re

import pytest
from django.test import Client

from tests.factories import PASSWORD, make_contact, make_user
from tests.house.digests import digest
from tests.house.routes import ORGANISATION, PLATFORM, routes

LINK = re.compile(rb'(?:href|src)="(/(?!static/)[^"#]*)')
MOST = 600  # pages crawled; far more than there are


def paths(world):
    """Every address of the platform and of one organisation, with that organisation's own ids."""
    inside = [f"/loire/{route.path(world.values(route))}" for route in routes(ORGANISATION)]
    return inside + [f"/{route.path(world.values(route))}" for route in routes(PLATFORM)]


def crawl(client, first):
    """Get everything, and every link found on the way; path → status."""
    seen, waiting = {}, list(first)
    while waiting and len(seen) < MOST:
        path = waiting.pop(0)
        if path in seen:
            continue
        answer = client.get(path)
        seen[path] = answer.status_code
        if answer.get("Content-Type", "").startswith("text/html") and not answer.streaming:
            waiting += [found.decode().replace("&amp;", "&") for found in LINK.findall(answer.content)]
        answer.close()
    return seen


@pytest.fixture
def world(worlds):
    return worlds[0]


def signed_in(user):
    client = Client(raise_request_exception=False)
    client.post("/compte/connexion/", {"login": user.login, "password": PASSWORD})
    return client


WHO = ("anonymous", "administrator", "operator", "contact")


@pytest.mark.parametrize("who", WHO)
def test_no_get_writes(world, who):
    """As four people, sessions and cookies included: what a sign-in left is left as it is."""
    client = {
        "anonymous": lambda: Client(raise_request_exception=False),
        "administrator": lambda: signed_in(world.admin.user),
        "operator": lambda: signed_in(make_user(password=PASSWORD, is_operator=True)),
        "contact": lambda: signed_in(_contact(world)),
    }[who]()
    before = digest(apart=frozenset())
    statuses = crawl(client, paths(world))
    after = digest(apart=frozenset())
    assert {table for table in before if before[table] != after[table]} == set()
    assert {path: status for path, status in statuses.items() if status >= 500 and path != "/health"} == {}
    assert sum(status == 200 for status in statuses.values()) > 10


def _contact(world):
    user = make_user(password=PASSWORD)
    make_contact(world.organisation.clients.first(), "x@exemple.fr", user=user)
    return user


def test_a_get_that_writes_goes_red(world, monkeypatch):
    """Sabotage: one view that writes while it shows."""
    from comptoir.organisations import queries
    from comptoir.organisations.models import Territory

    honest = queries.territories

    def writes(*, seen_by):
        Territory.objects.filter(organisation_id=seen_by.organisation_id).update(name="lu")
        return honest(seen_by=seen_by)

    monkeypatch.setattr(queries, "territories", writes)
    with pytest.raises(AssertionError, match="organisations_territory"):
        test_no_get_writes(world, "administrator")
