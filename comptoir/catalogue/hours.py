"""Hours on the wall and moments: half-days, local time to UTC and back, the days a session lasts."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from comptoir.catalogue.states import HalfDay

# The usual half-days: 3 h 30 each, a seven-hour day (the legal day of training contracts).
USUAL = {HalfDay.MORNING: (time(9), time(12, 30)), HalfDay.AFTERNOON: (time(13, 30), time(17))}
WORKING_DAYS = frozenset(range(5))


@dataclass(frozen=True)
class SlotTimes:
    """One sitting as people say it: a day, hours on the wall of the session's place."""

    on: date
    start: time
    end: time
    place: str = ""
    remote_url: str = ""


def half_days(first: date, last: date, halves: Collection[str], weekdays: Collection[int]) -> list[SlotTimes]:
    """The usual half-days of each wanted weekday from `first` to `last`, both included, in order."""
    count = (last - first).days + 1
    days = [day for n in range(count) if (day := first + timedelta(days=n)).weekday() in weekdays]
    return [SlotTimes(day, *USUAL[half]) for day in days for half in HalfDay if half in halves]


def moment(on: date, clock: time, zone: str) -> datetime | None:
    """That hour of that day there, in UTC; None when clocks jump over it (the night of summer time)."""
    local = datetime.combine(on, clock, ZoneInfo(zone))
    utc = local.astimezone(UTC)
    back = utc.astimezone(ZoneInfo(zone))
    return utc if (back.date(), back.time()) == (on, clock) else None


def local_day(at: datetime, zone: str) -> date:
    """The day it is there at that moment."""
    return at.astimezone(ZoneInfo(zone)).date()


def shifted(at: datetime, days: int, zone: str) -> datetime:
    """Same hour on the wall, some days later (or earlier): 9 h stays 9 h across summer time."""
    local = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) + timedelta(days=days)
    return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def first_hour(day: date, zone: str) -> datetime:
    """When that day begins there, in UTC."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def first_and_last_day(spans: Iterable[tuple[datetime, datetime]], zone: str) -> tuple[date, date] | None:
    """The days from the first start to the last end, as lived there; None when nothing is planned."""
    known = list(spans)
    if not known:
        return None
    return min(local_day(start, zone) for start, _ in known), max(local_day(end, zone) for _, end in known)
