"""What one text finds at the desk: requests, clients, sessions, registrations, deals and runs, each by its query."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from comptoir.base import words
from comptoir.bookings import queries as bookings
from comptoir.catalogue import queries as catalogue
from comptoir.clients import queries as clients
from comptoir.deals import queries as deals
from comptoir.integration import queries as integration
from comptoir.organisations.actors import Actor
from comptoir.preregistrations.queries import intake
from comptoir.web.desk.rail import address

SHOWN = 6
FEWEST_LETTERS = 2


@dataclass(frozen=True)
class Hit:
    """One thing found: its reference, its name, what tells it apart, and its page ('' when there is none)."""

    reference: str
    name: str
    detail: str
    url: str


@dataclass(frozen=True)
class Group:
    """The things of one kind: the first of them, how many there are, and the list that holds them all."""

    label: Any
    icon: str
    hits: list[Hit]
    count: int
    more_url: str


@dataclass(frozen=True)
class Kind:
    """Where one kind of thing is looked for, and how it is shown; `more` names the list that takes `?text=`."""

    label: Any
    icon: str
    rows: Callable[[Actor, str], QuerySet[Any]]
    hit: Callable[[Any], Hit]
    more: str = ""


def _request(row: Any) -> Hit:
    detail = f"{row.first_name} {row.last_name} · {row.get_state_display()}"
    return Hit(row.reference, row.legal_name, detail, address("desk:intake-request", row.reference))


def _client(row: Any) -> Hit:
    place = f"{row.postcode} {row.city}".strip()
    return Hit(row.number, row.legal_name, " · ".join(filter(None, (place, row.siret))), address("desk:client", row.pk))


def _session(row: Any) -> Hit:
    when = words.span(row.starts_on, row.ends_on)
    detail = f"{when}, {row.city}" if row.city else when
    return Hit(row.reference, row.activity.title, detail, address("desk:session", row.pk))


def _registration(row: Any) -> Hit:
    detail = f"{row.session.activity.title}, {words.day_short(row.session.starts_on)} · {row.get_state_display()}"
    return Hit(row.booking.reference, str(row), detail, address("desk:booking", row.booking.reference))


def _deal(row: Any) -> Hit:
    return Hit(row.reference, row.title, str(row.get_stage_display()), address("desk:deal", row.reference))


def _run(row: Any) -> Hit:
    detail = f"{row.by_name}, {words.moment_short(row.created_at)}"
    return Hit(row.reference, str(row.get_method_display()), detail, address("desk:run", row.reference))


KINDS = (
    Kind(_("Pré-inscriptions"), "inbox-arrow-down", lambda by, q: intake.requests(seen_by=by, text=q), _request),
    Kind(_("Clients"), "building-office-2", lambda by, q: clients.clients(seen_by=by, text=q), _client, "desk:clients"),
    Kind(
        _("Sessions"), "calendar-days", lambda by, q: catalogue.sessions(seen_by=by, text=q), _session,
        "desk:sessions",
    ),
    Kind(
        _("Inscriptions"), "user-group", lambda by, q: bookings.registrations(seen_by=by, text=q), _registration,
        "desk:bookings",
    ),
    Kind(_("Dossiers commerciaux"), "briefcase", lambda by, q: deals.deals(seen_by=by, text=q), _deal, "desk:deals"),
    Kind(_("Intégrations"), "clock", lambda by, q: integration.runs(seen_by=by).filter(reference__iexact=q), _run),
)  # fmt: skip


def find(text: str, *, seen_by: Actor, list_query: str) -> list[Group]:
    """The kinds that hold something; two queries each, whatever there is."""
    found = []
    for kind in KINDS:
        rows = kind.rows(seen_by, text)
        if count := rows.count():
            listed = address(kind.more) if kind.more and count > SHOWN else ""
            hits = [kind.hit(row) for row in rows[:SHOWN]]
            found.append(Group(kind.label, kind.icon, hits, count, f"{listed}?{list_query}" if listed else ""))
    return found


def only_called(text: str, groups: list[Group]) -> str:
    """The page of the one thing that bears this very reference; '' when the text is not a reference."""
    wanted = text.replace(" ", "").upper()
    pages = {hit.url for group in groups for hit in group.hits if hit.reference.upper() == wanted and hit.url}
    return pages.pop() if len(pages) == 1 else ""
