"""A session's slots as rows: replaced as a whole, and the session's days that follow them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from comptoir.base.text import clean_line
from comptoir.catalogue import hours
from comptoir.catalogue.faults import Faults
from comptoir.catalogue.holidays import region_of
from comptoir.catalogue.hours import SlotTimes
from comptoir.catalogue.models import Session, Slot
from comptoir.catalogue.series import Rule
from comptoir.catalogue.states import SessionState
from comptoir.catalogue.timetable import SlotDate, Timetable, dates_of

MOST_SLOTS = 400


def replace_slots(session: Session, wanted: Sequence[SlotTimes]) -> bool:
    """The session has these slots and its days follow them; answers whether anything changed.

    A slot that starts at the same moment keeps its row. Refuses, with a field such as `slots.2.end` (0 = first
    given): hours that end before they start, that clocks jump over, that overlap; too many slots.
    """
    planned = _checked(wanted, session.time_zone)
    kept = {slot.starts_at: slot for slot in session.slots.all()}
    gone = [slot.pk for start, slot in kept.items() if start not in planned]
    new = [
        Slot(session=session, starts_at=start, ends_at=end, place=place, remote_url=url)
        for start, (end, place, url) in planned.items()
        if start not in kept
    ]
    other = [slot for slot in kept.values() if slot.starts_at in planned and _took_on(slot, *planned[slot.starts_at])]
    if gone and len(kept) > session.most_sittings:
        session.most_sittings = len(kept)
        session.save(update_fields=["most_sittings"])
    Slot.objects.filter(pk__in=gone).delete()
    Slot.objects.bulk_create(new)
    Slot.objects.bulk_update(other, ["ends_at", "place", "remote_url"])
    follow_slots(session)
    return bool(gone or new or other)


def follow_slots(session: Session) -> None:
    """With slots, the session's days and its beginning are theirs; without, the days stay as written."""
    spans = list(session.slots.values_list("starts_at", "ends_at"))
    days = hours.first_and_last_day(spans, session.time_zone) or (session.starts_on, session.ends_on)
    begins_at = min((start for start, _end in spans), default=hours.first_hour(days[0], session.time_zone))
    if (*days, begins_at) != (session.starts_on, session.ends_on, session.begins_at):
        session.starts_on, session.ends_on, session.begins_at = *days, begins_at
        session.save(update_fields=["starts_on", "ends_on", "begins_at"])


def times_of(session: Session) -> list[SlotTimes]:
    """The session's slots as people say them, in order, in the session's zone."""
    return [as_times(slot, session.time_zone) for slot in session.slots.order_by("starts_at")]


def as_times(slot: Slot, zone: str) -> SlotTimes:
    """One slot as people say it."""
    start, end = (at.astimezone(ZoneInfo(zone)) for at in (slot.starts_at, slot.ends_at))
    return SlotTimes(start.date(), start.time(), end.time(), slot.place, slot.remote_url)


def with_offsets(rule: Rule, model: Session) -> Rule:
    """The rule, knowing the days the session really meets: those of its slots, else all its days."""
    days = {hours.local_day(at, model.time_zone) for at in model.slots.values_list("starts_at", flat=True)}
    offsets = {(day - model.starts_on).days for day in days} or set(range((model.ends_on - model.starts_on).days + 1))
    return replace(rule, offsets=frozenset(offsets), region=_region(model))


def slot_dates(session: Session, timetable: Timetable) -> list[SlotDate]:
    """The dates of the rule for this session, its place's holidays known, beside the slots it has."""
    rule = replace(timetable.rule, region=_region(session))
    return dates_of(replace(timetable, rule=rule), times_of(session))


def dates_taken(model: Session, dates: Sequence[date]) -> set[date]:
    """The dates on which the activity already has such a session (same kind, place, city), not cancelled."""
    same = Session.objects.filter(
        activity_id=model.activity_id, starts_on__in=dates, kind=model.kind, place=model.place, city=model.city
    )
    return set(same.exclude(state=SessionState.CANCELLED).values_list("starts_on", flat=True))


def _region(session: Session) -> str:
    return region_of(session.time_zone, f"{session.address} {session.city}")


def _took_on(slot: Slot, end: datetime, place: str, url: str) -> bool:
    if (slot.ends_at, slot.place, slot.remote_url) == (end, place, url):
        return False
    slot.ends_at, slot.place, slot.remote_url = end, place, url
    return True


def _checked(wanted: Sequence[SlotTimes], zone: str) -> dict[datetime, tuple[datetime, str, str]]:
    faults = Faults()
    if len(wanted) > MOST_SLOTS:
        faults.add("slots", _("Une session a {most} séances au plus.").format(most=MOST_SLOTS))
    found = [(*_moments(number, one, zone, faults), number) for number, one in enumerate(wanted[:MOST_SLOTS])]
    faults.refuse()
    known = sorted((start, end, number) for start, end, number in found if start and end)
    for (_start, end, _number), (start, _end, number) in pairwise(known):
        if start < end:
            faults.add(f"slots.{number}.start", _("Cette séance commence avant la fin d’une autre."))
    faults.refuse()
    return {
        start: (end, clean_line(wanted[number].place), clean_line(wanted[number].remote_url))
        for start, end, number in known
    }


def _moments(number: int, one: SlotTimes, zone: str, faults: Faults) -> tuple[datetime, datetime] | tuple[None, None]:
    faults.day(f"slots.{number}.on", one.on)
    faults.lengths(Slot, {"place": one.place, "remote_url": one.remote_url}, prefix=f"slots.{number}.")
    if clean_line(one.remote_url):
        faults.web_address(f"slots.{number}.remote_url", clean_line(one.remote_url))
    if one.end <= one.start:
        faults.add(
            f"slots.{number}.end", _("La séance finit avant de commencer ; si elle passe minuit, coupez-la en deux.")
        )
        return None, None
    start, end = (hours.moment(one.on, clock, zone) for clock in (one.start, one.end))
    if start is None or end is None:
        faults.add(f"slots.{number}.start", _("Cette heure n’existe pas : la nuit où l’on passe à l’heure d’été."))
        return None, None
    return start, end
