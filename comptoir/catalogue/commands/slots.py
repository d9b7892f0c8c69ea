"""The schedule of a session: by half-days at the usual hours, by the hour, or moved as a whole."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid
from comptoir.catalogue import hours
from comptoir.catalogue.commands.rows import locked_session, note_calendar
from comptoir.catalogue.faults import Faults
from comptoir.catalogue.hours import SlotTimes
from comptoir.catalogue.models import Session
from comptoir.catalogue.planning import replace_slots, times_of
from comptoir.catalogue.states import HalfDay
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor

LONGEST_SPAN = 366


@transaction.atomic
def set_slots(*, session_id: int, slots: Sequence[SlotTimes], by: Actor, at: datetime) -> None:
    """The session has exactly these slots; its days follow them.

    Refuses: Forbidden, Missing, and Invalid on `slots.<n>.on|start|end` for each slot at fault, n from 0.
    """
    session = locked_session(session_id, by=by)
    if replace_slots(session, slots):
        note_calendar(session, at=at)
        _record(session, len(slots), by=by, at=at)


@transaction.atomic
def add_half_days(
    *,
    session_id: int,
    first: date,
    last: date,
    halves: Collection[str],
    weekdays: Collection[int] = hours.WORKING_DAYS,
    by: Actor,
    at: datetime,
) -> int:
    """Each wanted half-day of each wanted weekday is planned, at the usual hours; answers how many are new.

    Half-days already planned stay. Refuses: Forbidden, Missing, Invalid (last, halves, weekdays, an overlap).
    """
    session = locked_session(session_id, by=by)
    _check_span(first, last, halves, weekdays)
    known = times_of(session)
    taken = {(one.on, one.start) for one in known}
    usual = hours.half_days(first, last, halves, weekdays)
    new = [one for one in usual if (one.on, one.start) not in taken]
    if not usual:
        raise Invalid(_("Aucun de ces jours ne tombe entre ces dates."), field="weekdays")
    _add(session, known, new)
    if new:
        note_calendar(session, at=at)
        _record(session, len(known) + len(new), by=by, at=at)
    return len(new)


@transaction.atomic
def shift_session(*, session_id: int, starts_on: date, by: Actor, at: datetime) -> None:
    """The session starts that day: slots, last day and sign-up window move with it, hours on the wall unchanged.

    Refuses: Forbidden, Missing, Invalid on `starts_on`.
    """
    session = locked_session(session_id, by=by)
    faults = Faults()
    faults.day("starts_on", starts_on)
    faults.refuse()
    days = (starts_on - session.starts_on).days
    if not days:
        return
    slots = [
        SlotTimes(one.on + timedelta(days), one.start, one.end, one.place, one.remote_url) for one in times_of(session)
    ]
    session.starts_on, session.ends_on = starts_on, session.ends_on + timedelta(days)
    for name in ("opens_at", "closes_at"):
        if (moment := getattr(session, name)) is not None:
            setattr(session, name, hours.shifted(moment, days, session.time_zone))
    session.begins_at = hours.shifted(session.begins_at, days, session.time_zone)
    session.save(update_fields=["starts_on", "ends_on", "begins_at", "opens_at", "closes_at"])
    replace_slots(session, slots)
    note_calendar(session, at=at)
    detail: dict[str, object] = {"id": session.pk, "days": days}
    journal.record(what="session.shifted", about=session.reference, by=by, at=at, detail=detail)


def _add(session: Session, known: list[SlotTimes], new: list[SlotTimes]) -> None:
    try:
        replace_slots(session, [*known, *new])
    except Invalid as refusal:
        # The form has no line for these slots: the sentence goes where the hours were asked for.
        raise Invalid(
            _("Une séance déjà prévue chevauche ces demi-journées : retirez-la, ou ajoutez les heures une à une."),
            field="halves",
        ) from refusal


def _check_span(first: date, last: date, halves: Collection[str], weekdays: Collection[int]) -> None:
    faults = Faults()
    faults.day("first", first)
    faults.day("last", last)
    if last < first:
        faults.add("last", _("La fin vient avant le début : vérifiez les deux dates."))
    elif (last - first).days >= LONGEST_SPAN:
        faults.add("last", _("Prévoyez un an au plus à la fois."))
    if not halves or not set(halves) <= set(HalfDay):
        faults.add("halves", _("Cochez le matin, l’après-midi ou les deux."))
    if not weekdays or not set(weekdays) <= set(range(7)):
        faults.add("weekdays", _("Cochez au moins un jour de la semaine."))
    faults.refuse()


def _record(session: Session, count: int, *, by: Actor, at: datetime) -> None:
    detail: dict[str, object] = {"id": session.pk, "slots": count}
    journal.record(what="session.planned", about=session.reference, by=by, at=at, detail=detail)
