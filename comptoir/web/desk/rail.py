"""The desk's left rail: the day's work, each line with its count of things to do; and where the search box leads."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from comptoir.deals import queries as deals
from comptoir.mail import queries as mail
from comptoir.members import queries as members
from comptoir.organisations.actors import Actor
from comptoir.preregistrations.queries import intake

type Count = Callable[[Actor, Any], int | None]  # None: the organisation has nothing of the kind
type Allow = Callable[[Actor], bool]


@dataclass(frozen=True)
class RailLink:
    """One line of the rail, as `desk.html` reads it."""

    label: Any
    url: str
    icon: str
    count: int = 0
    current: bool = False
    short: Any = ""


@dataclass(frozen=True)
class Entry:
    """One line as it is decided here: `places` are the addresses after `bureau/` whose pages belong to it."""

    name: str
    label: Any
    icon: str
    places: tuple[str, ...]
    allow: Allow | None = None
    count: Count | None = None
    short: Any = ""  # the label, where the thumb's bar has no room for it


def _waiting(actor: Actor, _at: Any) -> int:
    return intake.waiting_count(seen_by=actor)


def _overdue(actor: Actor, at: Any) -> int:
    return deals.overdue(seen_by=actor, at=at).count()


def _refused(actor: Actor, _at: Any) -> int:
    return mail.refused_count(seen_by=actor)


def _to_validate(actor: Actor, _at: Any) -> int | None:
    return members.waiting_if_taking(seen_by=actor)


def _works_intake(actor: Actor) -> bool:
    return actor.works_intake


def _administers(actor: Actor) -> bool:
    return actor.is_administrator


ENTRIES = (
    Entry("desk:home", _("Accueil"), "home", ()),
    Entry(
        "desk:sessions",
        _("Sessions"),
        "calendar-days",
        ("sessions/", "pointage/", "propositions/", "activites/", "formations/", "themes/"),
    ),
    Entry("desk:planning", _("Planning"), "calendar", ("planning/",)),
    Entry("desk:bookings", _("Inscriptions"), "user-group", ("inscriptions/", "reservations/", "courriers/")),
    Entry("desk:intake", _("Importation"), "inbox-arrow-down", ("importation/",), _works_intake, _waiting),
    Entry(
        "desk:deals",
        _("Suivi commercial"),
        "briefcase",
        ("dossiers/", "suivi/"),
        _works_intake,
        _overdue,
        short=_("Suivi"),
    ),
    Entry("desk:clients", _("Clients"), "building-office-2", ("clients/",), _works_intake),
    Entry("desk:members", _("Adhérents"), "identification", ("adherents/",), _administers, _to_validate),
    Entry("desk:messages", _("Messages"), "envelope", ("messages/",), _works_intake, _refused),
    Entry("desk:settings", _("Réglages"), "cog-6-tooth", ("reglages/", "journal/"), _administers),
)


def desk_shell(request: HttpRequest) -> dict[str, Any]:
    """What `desk.html` asks for; worked out only by pages that show it."""
    here: Any = request
    actor = getattr(here, "actor", None)
    if actor is None or not actor.role:
        return {}
    return {
        "rail": SimpleLazyObject(lambda: rail(here)),
        "search_url": SimpleLazyObject(lambda: address("desk:search")),
        "search_text": request.GET.get("q", ""),
    }


def rail(request: Any) -> list[RailLink]:
    """The lines this person may follow, those whose pages exist and serve here; and always the one where one is."""
    found = []
    for entry in ENTRIES:
        url = address(entry.name)
        if url and (entry.allow is None or entry.allow(request.actor)):
            is_here = _is_at(request.path, entry, url)
            count = entry.count(request.actor, request.at) if entry.count else 0
            if count is not None or is_here:
                found.append(RailLink(entry.label, url, entry.icon, count or 0, is_here, entry.short))
    return found


def address(name: str, *args: Any) -> str:
    """The address of a page; '' when that part of the desk is not there."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _is_at(path: str, entry: Entry, url: str) -> bool:
    desk = address("desk:home")
    if not entry.places:
        return path == url
    return path.startswith(url) or any(path.startswith(f"{desk}{place}") for place in entry.places)
