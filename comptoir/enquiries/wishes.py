"""What a request for a service says, whatever the door, and what is wrong with it."""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import date, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid, Refusal
from comptoir.base.text import clean_line
from comptoir.clients import fields
from comptoir.deals.states import Service
from comptoir.preregistrations.identity import record_of
from comptoir.preregistrations.submission import Requester, requester_problems
from comptoir.preregistrations.submission import cleaned as cleaned_requester


@dataclass(frozen=True)
class Wish:
    """Who asks, and for what; hours are those of the wall where it happens."""

    service: str
    requester: Requester
    event_name: str = ""
    place: str = ""
    starts_on: date | None = None
    starts_at: time | None = None
    ends_on: date | None = None
    ends_at: time | None = None
    attendance: int | None = None
    on_site: str = ""
    activity: str = ""  # its slug
    theme: str = ""
    people: int | None = None
    wished_dates: str = ""

    def digest(self) -> str:
        """SHA-256 of the content: the same token with another digest is another request, and refused (T21)."""
        said = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(said.encode(errors="replace")).hexdigest()


ASKED: dict[str, tuple[str, ...]] = {
    Service.COVER: (
        "event_name", "place", "starts_on", "starts_at", "ends_on", "ends_at", "attendance", "on_site",
    ),
    Service.COURSE: ("activity", "theme", "people", "wished_dates", "place"),
}  # fmt: skip
OPTIONAL = frozenset({"on_site", "activity"})
LONGEST = {"event_name": 150, "place": 250, "on_site": 200, "theme": 200, "wished_dates": 500}
MOST = {"attendance": 1_000_000, "people": 1_000}
FARTHEST = timedelta(days=5 * 366)


def needed(service: str) -> frozenset[str]:
    """The questions that must be answered; the theme only when no activity is chosen."""
    return frozenset(ASKED[service]) - OPTIONAL


def cleaned(wish: Wish) -> Wish:
    """The same, one line a field, without what the other service asks, and a person being its own client."""
    asked = cleaned_requester(wish.requester)
    if not asked.siret:  # one without a digit is no SIRET, and is said so
        asked = replace(asked, siret=clean_line(wish.requester.siret))
    if asked.kind == "person":
        asked = replace(asked, legal_name=f"{asked.first_name} {asked.last_name}".strip()[:200], siret="")
    kept = {name: getattr(wish, name) for name in ASKED[wish.service]}
    tidy: dict[str, Any] = {
        name: clean_line(value) if isinstance(value, str) else value for name, value in kept.items()
    }
    return Wish(wish.service, asked, **tidy)


def problems(wish: Wish, *, today: date) -> list[Refusal]:
    """Every field at fault, each with its cure; empty when all is well. Expects cleaned values."""
    found = [*_missing(wish), *_out_of_bounds(wish), *_dates(wish, today)]
    asked = wish.requester
    theirs = [one for one in requester_problems(asked) if one.field != "legal_name" or asked.kind != "person"]
    record = {name: str(value) for name, value in record_of(asked).items() if name in fields.CLIENT_TEXTS}
    named = {one.field for one in theirs} | {"legal_name", "kind"}
    return [*found, *theirs, *(one for one in fields.client_problems(record) if one.field not in named)]


def _missing(wish: Wish) -> list[Refusal]:
    cures = {
        "event_name": _("Indiquez le nom de l’évènement."),
        "starts_on": _("Indiquez le premier jour."),
        "starts_at": _("Indiquez l’heure à laquelle les secours doivent être là."),
        "ends_on": _("Indiquez le dernier jour."),
        "ends_at": _("Indiquez l’heure de fin."),
        "attendance": _("Indiquez combien de personnes vous attendez, même à peu près."),
        "theme": _("Choisissez une formation de la liste, ou dites avec vos mots ce qu’elle doit apprendre."),
        "people": _("Indiquez combien de personnes seront formées."),
        "wished_dates": _("Indiquez les dates ou la période qui vous conviennent."),
        "place": _("Indiquez l’adresse, ou au moins la commune."),
    }
    lacking = [name for name in cures if name in needed(wish.service) and getattr(wish, name) in ("", None)]
    return [Invalid(cures[name], field=name) for name in lacking if name != "theme" or not wish.activity]


def _out_of_bounds(wish: Wish) -> list[Refusal]:
    found: list[Refusal] = []
    for name, longest in LONGEST.items():
        if len(getattr(wish, name)) > longest:
            sentence = _("Ce texte est trop long\u00a0: %(longest)d caractères au plus.") % {"longest": longest}
            found.append(Invalid(sentence, field=name))
    for name, most in MOST.items():
        count = getattr(wish, name)
        if count is not None and not 1 <= count <= most:
            found.append(Invalid(_("Écrivez un nombre de 1 à %(most)d.") % {"most": most}, field=name))
    return found


def _dates(wish: Wish, today: date) -> list[Refusal]:
    """An event to come, that ends after it has begun."""
    first, last = wish.starts_on, wish.ends_on
    found: list[Refusal] = []
    if first and first < today:
        found.append(Invalid(_("Ce jour est passé\u00a0: indiquez une date à venir."), field="starts_on"))
    if first and first > today + FARTHEST:
        found.append(Invalid(_("Cette date est bien lointaine\u00a0: vérifiez l’année."), field="starts_on"))
    if last and last > today + 2 * FARTHEST:
        found.append(Invalid(_("Cette date est bien lointaine\u00a0: vérifiez l’année."), field="ends_on"))
    if first and last and last < first:
        found.append(Invalid(_("La fin vient avant le début."), field="ends_on"))
    elif first and first == last and wish.starts_at and wish.ends_at and wish.ends_at <= wish.starts_at:
        sentence = _("L’heure de fin vient avant celle du début\u00a0: après minuit, la fin est le lendemain.")
        found.append(Invalid(sentence, field="ends_at"))
    return found
