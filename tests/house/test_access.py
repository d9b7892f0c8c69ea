"""Who opens what: every address of the desk and of the platform × eight people, as published in docs/access.md (T49).

The page is written by this test: `WRITE_DOCS=1 pytest tests/house/test_access.py`, then read what changed before
committing it. The rules that must hold whatever is published have tests of their own below.
"""

import os
from functools import partial

import pytest
from django.db import transaction

from tests.factories import make_contact, make_staff, make_user
from tests.house.routes import ORGANISATION, PLATFORM, routes
from tests.house.source import ROOT

PAGE = ROOT / "docs" / "access.md"
YES, SIGN_IN, FORBIDDEN, NOTHING = "oui", "connexion", "403", "404"
PEOPLE = ("visiteur", "plateforme", "client", "voisin", "gestionnaire", "assistant", "commercial", "administrateur")
HEAD = """# Qui ouvre quoi

Chaque adresse du bureau et de la plateforme, demandée par huit personnes. Cette page est écrite par
`tests/house/test_access.py`, qui compare à chaque fois ce qui y est publié à ce que le produit répond (T49).

- oui : la page s’ouvre, ou l’acte est examiné
- connexion : il faut s’identifier
- 403 : le rôle ne le permet pas
- 404 : rien n’existe ici pour cette personne

Le voisin est l’administrateur d’un autre organisme. Le gestionnaire ne voit que les sessions qu’il gère : celle de
cet essai n’est pas à lui.

"""
ADMINISTRATORS_ONLY = ("bureau/reglages/", "bureau/journal/")
NOT_MADE_YET = {"bureau/importation/integrations/<reference>/compte-rendu.pdf"}  # the run of this test has no report


class Undone(Exception):
    """Takes back whatever an act did, so that the next is asked of the same world."""


@pytest.fixture
def people(worlds, opened_by):
    """A browser for each of the eight."""
    ours, theirs = worlds
    contact = make_user()
    make_contact(ours.organisation.clients.first(), "x@exemple.fr", user=contact)
    roles = {"gestionnaire": "manager", "assistant": "assistant", "commercial": "sales_rep"}
    users = {
        "visiteur": None,
        "plateforme": make_user(is_operator=True),
        "client": contact,
        "voisin": theirs.admin.user,
        "administrateur": ours.admin.user,
        **{name: make_staff(ours.organisation, role).user for name, role in roles.items()},
    }
    return {name: opened_by(users[name]) for name in PEOPLE}


def answer_to(client, path):
    """What a page, or the act behind an address that is no page, answers this person."""
    said = _undone(partial(client.get, path))
    if said.status_code == 405:
        said = _undone(partial(client.post, path))
    said.close()
    assert said.status_code < 500, f"{path}: {said.status_code}"
    if said.status_code == 302 and "/compte/connexion/" in said.url:
        return SIGN_IN
    return {403: FORBIDDEN, 404: NOTHING}.get(said.status_code, YES)


def _undone(ask):
    kept = []
    try:
        with transaction.atomic():
            kept.append(ask())
            raise Undone
    except Undone:
        return kept[0]


def table_of(world, people, found, prefix):
    """Address → what each of the eight is answered."""
    return {
        route.template: [answer_to(people[name], f"{prefix}{route.path(world.values(route))}") for name in PEOPLE]
        for route in found
    }


def written(title, table):
    """One part of the page."""
    rows = [f"| `{template}` | " + " | ".join(cells) + " |" for template, cells in sorted(table.items())]
    head = [f"## {title}", "", "| adresse | " + " | ".join(PEOPLE) + " |", "|---" * (len(PEOPLE) + 1) + "|"]
    return "\n".join([*head, *rows, ""])


def column(table, person):
    """Address → what one of the eight is answered."""
    return {template: cells[PEOPLE.index(person)] for template, cells in table.items()}


def test_the_published_table_is_what_is_answered(worlds, people):
    world, _ = worlds
    desk = table_of(world, people, routes(ORGANISATION, under="bureau/"), "/loire/")
    platform = table_of(world, people, routes(PLATFORM, under="plateforme/"), "/")
    rules_hold(desk, platform)
    page = HEAD + written("Le bureau", desk) + "\n" + written("La plateforme", platform)
    if os.environ.get("WRITE_DOCS"):
        PAGE.write_text(page)
    assert PAGE.read_text().splitlines() == page.splitlines()


def rules_hold(desk, platform):
    """What no publication may change."""
    assert set(column(desk, "visiteur").values()) == {SIGN_IN}
    for stranger in ("plateforme", "client", "voisin"):
        assert set(column(desk, stranger).values()) == {NOTHING}, stranger
    closed = {path for path, said in column(desk, "administrateur").items() if said != YES}
    assert closed <= NOT_MADE_YET
    for role in ("gestionnaire", "assistant", "commercial"):
        closed = {
            path: said
            for path, said in column(desk, role).items()
            if path.startswith(("bureau/reglages/", "bureau/journal/"))
        }
        assert set(closed.values()) == {FORBIDDEN}, role
    for person in PEOPLE[2:]:
        assert set(column(platform, person).values()) == {NOTHING}, person
    assert set(column(platform, "visiteur").values()) == {SIGN_IN}


def test_a_door_left_open_goes_red(worlds, people, monkeypatch):
    """Sabotage: a role that sees more than it may is seen by the rules."""
    from comptoir.organisations.actors import Actor

    monkeypatch.setattr(Actor, "is_administrator", property(lambda actor: actor.role != "manager"))
    world, _ = worlds
    desk = table_of(world, people, routes(ORGANISATION, under="bureau/reglages/secteurs/"), "/loire/")
    with pytest.raises(AssertionError):
        rules_hold(desk, {})
