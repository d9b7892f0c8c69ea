"""The conflicts of a session in sentences: what, when, and with which session. They warn, and keep nobody back."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from comptoir.base import words
from comptoir.catalogue import agenda
from comptoir.catalogue.agenda import Warned
from comptoir.catalogue.states import Shared
from comptoir.organisations.actors import Actor


@dataclass(frozen=True)
class Told:
    """One sentence, and the session it leads to, if the reader may see it."""

    sentence: str
    other: Any = None


def told(session: Any, *, seen_by: Actor) -> list[Told]:
    """Everything this session meets."""
    return [_told(one, session.time_zone) for one in agenda.conflicts(session, seen_by=seen_by)]


def taught_by(session_id: int) -> list[str]:
    """Who teaches it, by name."""
    return sorted(agenda.trainers_of([session_id])[1].values())


def _told(one: Warned, zone: str) -> Told:
    if one.shared == Shared.HOLIDAY:
        return Told(_("%(day)s est férié\u00a0: %(name)s.") % {"day": words.day(one.on), "name": one.holiday})  # type: ignore[arg-type]
    moment = words.moment(one.starts_at.astimezone(ZoneInfo(zone)))  # type: ignore[union-attr]
    if one.shared == Shared.TRAINER:
        said = _("%(name)s est déjà pris %(moment)s") % {"name": one.trainer, "moment": moment}
    else:
        said = _("La salle est déjà prise %(moment)s") % {"moment": moment}
    if one.other is None:
        return Told(_("%(said)s, par une session hors de votre périmètre.") % {"said": said})
    return Told(f"{said}\u00a0:", one.other)
