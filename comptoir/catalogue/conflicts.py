"""What two sessions cannot share at one moment (a room, a trainer), and the holidays sittings fall on. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from comptoir.base.text import folded
from comptoir.catalogue.holidays import holiday, region_of
from comptoir.catalogue.hours import local_day
from comptoir.catalogue.states import Shared


@dataclass(frozen=True)
class Sitting:
    """One slot of one session, and what it takes: `room` ('' for none), `trainers` by id."""

    session_id: int
    starts_at: datetime
    ends_at: datetime
    room: str = ""
    trainers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Clash:
    """`session_id` meets `other_id` from that moment: they share the room, or that trainer. Told both ways."""

    session_id: int
    other_id: int
    shared: Shared
    starts_at: datetime
    trainer_id: int | None = None


def room_of(city: str, building: str, room: str) -> str:
    """What names a room: its own name within its building and town, however accented; '' when nothing does.

    A room without a building is not that of another building: only equal descriptions are the same room.
    """
    if not (room or building):
        return ""
    within = building if room else ""
    return "|".join((folded(city), folded(within), folded(room or building)))


def clashes(sittings: Iterable[Sitting]) -> list[Clash]:
    """Every pair of sessions that share something at one moment, once for each thing shared, at its first moment."""
    by_what: dict[tuple[Shared, object], list[Sitting]] = defaultdict(list)
    for one in sittings:
        if one.room:
            by_what[Shared.ROOM, one.room].append(one)
        for trainer in one.trainers:
            by_what[Shared.TRAINER, trainer].append(one)
    found: dict[tuple[int, int, Shared, object], Clash] = {}
    for (shared, what), some in by_what.items():
        trainer_id = what if isinstance(what, int) else None
        for first, second, moment in _overlaps(some):
            for left, right in ((first, second), (second, first)):
                found.setdefault((left, right, shared, what), Clash(left, right, shared, moment, trainer_id))
    return sorted(found.values(), key=lambda clash: (clash.starts_at, clash.other_id, clash.shared))


def _overlaps(some: list[Sitting]) -> Iterable[tuple[int, int, datetime]]:
    """Two sittings that only touch, one ending as the other starts, do not overlap."""
    some.sort(key=lambda one: (one.starts_at, one.session_id))
    for number, one in enumerate(some):
        for other in some[number + 1 :]:
            if other.starts_at >= one.ends_at:
                break
            if other.session_id != one.session_id:
                yield one.session_id, other.session_id, other.starts_at


def holidays_met(moments: Iterable[datetime], *, time_zone: str, address: str) -> list[tuple[date, str]]:
    """The public holidays of the place on which something starts, each once, in order."""
    region = region_of(time_zone, address)
    days = sorted({local_day(at, time_zone) for at in moments})
    return [(day, name) for day in days if (name := holiday(day, region))]
