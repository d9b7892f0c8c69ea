"""The conflicts of a session in sentences: what, when, and with which session. They warn, and keep nobody back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from comptoir.base import words
from comptoir.catalogue import agenda
from comptoir.catalogue.agenda import Warned
from comptoir.catalogue.states import Shared
from comptoir.clients.queries import clients
from comptoir.organisations.actors import Actor
from comptoir.proposals.queries import held_for


@dataclass(frozen=True)
class Told:
    """One sentence, and the session it leads to, if the reader may see it."""

    sentence: str
    other: Any = None


def told(session: Any, *, seen_by: Actor) -> list[Told]:
    """Everything this session meets."""
    return sentences(
        agenda.conflicts(session, clients_of=held_for, seen_by=seen_by), session.time_zone, seen_by=seen_by
    )


def sentences(warned: Sequence[Warned], zone: str, *, seen_by: Actor) -> list[Told]:
    """Each conflict in words, hours as they are at the session's place; a client is named to who may see clients."""
    shared = {one.client_id for one in warned if one.client_id}
    names = dict(clients(seen_by=seen_by).filter(pk__in=shared).values_list("pk", "legal_name")) if shared else {}
    return [_told(one, zone, names) for one in warned]


def taught_by(session_id: int) -> list[str]:
    """Who teaches it, by name."""
    return sorted(agenda.trainers_of([session_id])[1].values())


def _told(one: Warned, zone: str, names: Mapping[int, str]) -> Told:
    if one.shared == Shared.HOLIDAY:
        return Told(_("%(day)s est férié\u00a0: %(name)s.") % {"day": words.day(one.on), "name": one.holiday})  # type: ignore[arg-type]
    moment = words.moment(one.starts_at.astimezone(ZoneInfo(zone)))  # type: ignore[union-attr]
    if one.shared == Shared.TRAINER:
        said = _("%(name)s est déjà pris %(moment)s") % {"name": one.trainer, "moment": moment}
    elif one.shared == Shared.CLIENT:
        name = names.get(one.client_id or 0) or _("Un client de cette session")
        said = _("%(name)s est déjà attendu %(moment)s") % {"name": name, "moment": moment}
    else:
        said = _("La salle est déjà prise %(moment)s") % {"moment": moment}
    if one.other is None:
        return Told(_("%(said)s, par une session hors de votre périmètre.") % {"said": said})
    return Told(words.labelled(said, "").rstrip(), one.other)
