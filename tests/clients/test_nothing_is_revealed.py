"""T62: whoever types our SIRET or a number learns nothing: recognition is never reached from a requester’s side."""

import ast

import pytest

from comptoir.clients import queries
from comptoir.organisations.actors import visitor
from tests.factories import make_client, make_contact
from tests.house.source import PRODUCT, at, modules, nodes

REQUESTERS = (PRODUCT / "web" / "public", PRODUCT / "web" / "portal", PRODUCT / "checkout")
SAYING = (
    "queries",
    "matching",
    "matching_files",
    "recognising",
    "asking",
    "sharing",
    "duplicates",
    "scanning",
    "numbers",
)
ROOMS = {*(f"comptoir.clients.{room}" for room in SAYING), "comptoir.clients.commands", "comptoir.integration"}


def reached(path):
    """What a file imports of the rooms that say who our clients are."""
    for node in nodes(path, ast.ImportFrom):
        names = {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
        if any(name == room or name.startswith(f"{room}.") for name in names for room in ROOMS):
            yield at(path, node)


def test_no_door_of_requesters_reaches_recognition():
    assert [place for path in modules(*REQUESTERS) for place in reached(path)] == []


def test_it_would_be_seen(tmp_path, monkeypatch):
    """Sabotage: a page of the counter that looks the client up."""
    page = PRODUCT / "web" / "public" / "sabotage.py"
    tree = ast.parse("from comptoir.clients import queries\nfrom comptoir.clients.matching import matches\n")
    monkeypatch.setattr("tests.house.source.tree", lambda path: tree)
    assert len(list(reached(page))) == 2


@pytest.mark.parametrize("text", ["C000042", "73282932000074", "Ateliers", "claire@exemple.fr"])
def test_a_visitor_finds_nobody_by_any_door_of_the_queries(here, text):
    client = make_client(here.organisation, "Ateliers du Lac", number="C000042", siret="73282932000074")
    make_contact(client, "claire@exemple.fr")
    stranger = visitor(here.organisation.pk)
    assert list(queries.clients(seen_by=stranger, text=text)) == []
    assert queries.suggest(text, seen_by=stranger) == []
    assert queries.id_of_number(text, seen_by=stranger) is None
    assert list(queries.contacts(client.pk, seen_by=stranger)) == []
    assert list(queries.imports(seen_by=stranger)) == []
