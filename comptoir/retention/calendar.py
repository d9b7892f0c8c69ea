"""Months counted back, to the day: what ended before that day has been kept long enough."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Cutoff:
    """What is older than this day, in the organisation's zone; `moment` is when the day begins."""

    day: date
    moment: datetime


def months_before(day: date, months: int) -> date:
    """The day so many months earlier; where the month has no such day, the first of the next one.

    What is dated before it has been kept for all the months, its last day included: 31 August and six months ends with
    28 February, and is past on 1 March.
    """
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    try:
        return day.replace(year=year, month=month + 1)
    except ValueError:
        return date(year + (month == 11), (month + 1) % 12 + 1, 1)


def cutoff(at: datetime, months: int, time_zone: str) -> Cutoff:
    """Where the months end, seen from that moment."""
    zone = ZoneInfo(time_zone)
    day = months_before(at.astimezone(zone).date(), months)
    return Cutoff(day, datetime.combine(day, time(), tzinfo=zone))
