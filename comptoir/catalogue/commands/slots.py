"""The schedule of a session: one by one, from a rule by half-days or by the hour, or moved as a whole."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base import words
from comptoir.base.errors import Invalid, Refusal
from comptoir.base.outcome import Outcome
from comptoir.catalogue import hours
from comptoir.catalogue.checks import check_timetable
from comptoir.catalogue.commands.rows import locked_session, note_calendar
from comptoir.catalogue.faults import Faults
from comptoir.catalogue.hours import SlotTimes
from comptoir.catalogue.models import Session
from comptoir.catalogue.planning import replace_slots, slot_dates, times_of
from comptoir.catalogue.timetable import Timetable
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor


class SittingInTheWay(Refusal):
    """The session meets at that moment already, at other hours."""

    code = "sitting-in-the-way"


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
def add_slots(
    *, session_id: int, timetable: Timetable, without: Collection[date] = (), by: Actor, at: datetime
) -> Outcome[SlotTimes]:
    """The sittings of the rule are planned, less the days `without`; answers those that are new, and the days left out.

    What is planned already stays: the same rule asked twice plans once; a day on which other hours are in the way is
    skipped, with its reason. Refuses: Forbidden, Missing, Invalid (first, until, times, weekdays, halves, start, end,
    place, remote_url; `first` when the rule meets no day), and Invalid on `slots` beyond the most a session has.
    """
    session = locked_session(session_id, by=by)
    check_timetable(timetable)
    dates = slot_dates(session, timetable)
    if not dates:
        raise Invalid(_("Cette règle ne rencontre aucun jour."), field="first")
    outcome = Outcome[SlotTimes]()
    for one in dates:
        if one.is_made and one.on not in without:
            outcome.done.extend(one.sittings)
        elif one.is_met and not one.is_holiday_skipped:
            said = _("Une autre séance est prévue {day} à ces heures.").format(day=words.span(one.on, one.on))
            outcome.skip(one.on.isoformat(), SittingInTheWay(said))
    if outcome.done:
        known = times_of(session)
        replace_slots(session, [*known, *outcome.done])
        note_calendar(session, at=at)
        _record(session, len(known) + len(outcome.done), by=by, at=at)
    return outcome


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


def _record(session: Session, count: int, *, by: Actor, at: datetime) -> None:
    detail: dict[str, object] = {"id": session.pk, "slots": count}
    journal.record(what="session.planned", about=session.reference, by=by, at=at, detail=detail)
