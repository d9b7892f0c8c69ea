"""The sittings of a session as people mark them: what is planned, what was marked and is planned no more."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from comptoir.catalogue.hours import first_hour, local_day
from comptoir.catalogue.models import Session

KEY = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True)
class Sitting:
    """One sitting, in the zone of its session; `here` of `expected` are marked.

    `ends_at` is None for one that is planned no more: only the marks remember it.
    """

    starts_at: datetime
    ends_at: datetime | None
    zone: str
    place: str = ""
    is_whole_day: bool = False
    here: int = 0
    expected: int = 0

    @property
    def key(self) -> str:
        """What an address calls it."""
        return self.starts_at.astimezone(UTC).strftime(KEY)

    @property
    def on(self) -> date:
        """Its day, there."""
        return local_day(self.starts_at, self.zone)

    @property
    def start(self) -> time:
        """Its first hour on the wall, there."""
        return self.starts_at.astimezone(ZoneInfo(self.zone)).time()

    @property
    def end(self) -> time | None:
        """Its last."""
        return self.ends_at.astimezone(ZoneInfo(self.zone)).time() if self.ends_at else None

    @property
    def is_planned(self) -> bool:
        """Whether the session still has it."""
        return self.ends_at is not None

    def days_from(self, at: datetime) -> int:
        """In how many days it is, there: 0 today, -1 yesterday."""
        return (self.on - local_day(at, self.zone)).days


def planned(session: Session) -> list[Sitting]:
    """In order: its slots, else each of its days."""
    zone = session.time_zone
    slots = sorted(session.slots.all(), key=lambda one: one.starts_at)
    if slots:
        return [Sitting(one.starts_at, one.ends_at, zone, one.place) for one in slots]
    days = [session.starts_on + timedelta(n) for n in range((session.ends_on - session.starts_on).days + 1)]
    return [
        Sitting(first_hour(day, zone), first_hour(day + timedelta(1), zone), zone, is_whole_day=True) for day in days
    ]


def with_counts(
    found: Sequence[Sitting], marked: dict[datetime, tuple[int, int]], *, seated: int, zone: str
) -> list[Sitting]:
    """The same with how many were there, and those marked that are planned no more, in order.

    `marked`: beginning → how many were there, and how many of them hold no seat any more.
    """
    known = {one.starts_at for one in found}
    gone = [Sitting(at, None, zone, is_whole_day=at == first_hour(local_day(at, zone), zone)) for at in marked]
    every = [*found, *(one for one in gone if one.starts_at not in known)]
    counted = []
    for one in sorted(every, key=lambda one: one.starts_at):
        here, without_seat = marked.get(one.starts_at, (0, 0))
        counted.append(replace(one, here=here, expected=seated + without_seat))
    return counted


def nearest(found: Sequence[Sitting], *, at: datetime) -> Sitting:
    """Today's that is on or comes next, else the last of today; another day's when there is none, the closest."""
    planned_ones = [one for one in found if one.is_planned] or list(found)
    today = [one for one in planned_ones if one.days_from(at) == 0]
    if today:
        return next((one for one in today if one.ends_at and one.ends_at > at), today[-1])
    return min(planned_ones, key=lambda one: (abs(one.days_from(at)), one.starts_at))


def called(key: str, found: Sequence[Sitting]) -> Sitting | None:
    """The one of that key; None when there is no such sitting."""
    return next((one for one in found if one.key == key), None)


def moment_of(key: str) -> datetime | None:
    """The beginning that a key names, whosever it is; None when it names none."""
    try:
        return datetime.strptime(key, KEY).replace(tzinfo=UTC)
    except ValueError:
        return None
