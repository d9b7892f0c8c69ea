"""The demonstration's first page: whom one may sign in as. Asked for in the demonstration only."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from comptoir.accounts import queries as accounts
from comptoir.clients import queries as clients
from comptoir.organisations import queries as organisations
from comptoir.organisations.actors import system


@dataclass(frozen=True)
class SignIn:
    """A sample account and what it shows."""

    login: str
    what: str


@dataclass(frozen=True)
class House:
    """A sample organisation and the people one may be in it."""

    organisation: Any
    people: list[SignIn] = field(default_factory=list)


def houses() -> list[House]:
    """Every organisation, its staff, then its clients who have an account."""
    return [House(one, [*_staff(one.pk), *_clients(one.pk)]) for one in organisations.all_active()]


def operators() -> list[SignIn]:
    """Who runs the platform."""
    return [SignIn(one.login, _("Exploitant de la plateforme")) for one in accounts.operators()]


def _staff(organisation_id: int) -> list[SignIn]:
    rows = organisations.staff(seen_by=system(organisation_id)).filter(is_active=True)
    return [SignIn(row.user.login, row.get_role_display()) for row in rows]


def _clients(organisation_id: int) -> list[SignIn]:
    rows = clients.readers(organisation_id=organisation_id)
    return [SignIn(row.user.login, _("Client, %(name)s") % {"name": row.client.legal_name}) for row in rows if row.user]
