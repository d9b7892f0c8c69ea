"""What two sessions cannot share at one moment (a room, a trainer, a client), and the holidays met. Pure."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from comptoir.base.text import folded
from comptoir.catalogue.holidays import holiday, region_of
from comptoir.catalogue.hours import local_day
from comptoir.catalogue.states import Shared

# Session ids → the ids of the clients each is held for, chosen or with a seat: known a floor higher.
ClientsOf = Callable[[Collection[int]], Mapping[int, frozenset[int]]]


@dataclass(frozen=True)
class Sitting:
    """One slot of one session, and what it takes: `room` ('' for none), `trainers` and `clients` by id."""

    session_id: int
    starts_at: datetime
    ends_at: datetime
    room: str = ""
    trainers: frozenset[int] = frozenset()
    is_in_house: bool = False  # INTRA: its client is expected as a whole
    clients: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Clash:
    """`session_id` meets `other_id` from that moment: they share the room, or `who`. Told both ways."""

    session_id: int
    other_id: int
    shared: Shared
    starts_at: datetime
    who: int | None = None  # the trainer, or the client


def room_of(city: str, building: str, room: str) -> str:
    """What names a room: its own name within its building and town, however accented; '' when nothing does.

    A room without a building is not that of another building: only equal descriptions are the same room.
    """
    if not (room or building):
        return ""
    within = building if room else ""
    return "|".join((folded(city), folded(within), folded(room or building)))


def clashes(sittings: Iterable[Sitting]) -> list[Clash]:
    """Every pair of sessions that share something at one moment, once for each thing shared, at its first moment.

    Two open sessions share no client: a firm sends one person here and another there. One of the two is in-house.
    """
    by_what: dict[tuple[Shared, object], list[Sitting]] = defaultdict(list)
    for one in sittings:
        if one.room:
            by_what[Shared.ROOM, one.room].append(one)
        for trainer in one.trainers:
            by_what[Shared.TRAINER, trainer].append(one)
        for client in one.clients:
            by_what[Shared.CLIENT, client].append(one)
    found: dict[tuple[int, int, Shared, object], Clash] = {}
    for (shared, what), some in by_what.items():
        who = what if isinstance(what, int) else None
        for first, second in _overlaps(some):
            if shared == Shared.CLIENT and not (first.is_in_house or second.is_in_house):
                continue
            for left, right in ((first.session_id, second.session_id), (second.session_id, first.session_id)):
                found.setdefault((left, right, shared, what), Clash(left, right, shared, second.starts_at, who))
    return sorted(found.values(), key=lambda clash: (clash.starts_at, clash.other_id, clash.shared))


def with_clients(sittings: Iterable[Sitting], clients_of: ClientsOf) -> list[Sitting]:
    """The same, with their clients where that may matter: those held while an in-house one is, none else is read."""
    known = list(sittings)
    near = _beside_in_house(known)
    held = clients_of(near) if near else {}
    return [replace(one, clients=held[one.session_id]) if one.session_id in held else one for one in known]


def _beside_in_house(sittings: Collection[Sitting]) -> set[int]:
    spans: list[list[datetime]] = []  # when an in-house session is held: apart from each other, in order
    for one in sorted((one for one in sittings if one.is_in_house), key=lambda one: one.starts_at):
        if spans and one.starts_at < spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], one.ends_at)
        else:
            spans.append([one.starts_at, one.ends_at])
    starts = [start for start, _end in spans]
    last = ((one, bisect_left(starts, one.ends_at) - 1) for one in sittings)  # the last span begun before it ends
    return {one.session_id for one, place in last if place >= 0 and spans[place][1] > one.starts_at}


def _overlaps(some: list[Sitting]) -> Iterable[tuple[Sitting, Sitting]]:
    """Two sittings that only touch, one ending as the other starts, do not overlap. The later one comes second."""
    some.sort(key=lambda one: (one.starts_at, one.session_id))
    for number, one in enumerate(some):
        for other in some[number + 1 :]:
            if other.starts_at >= one.ends_at:
                break
            if other.session_id != one.session_id:
                yield one, other


def holidays_met(moments: Iterable[datetime], *, time_zone: str, address: str) -> list[tuple[date, str]]:
    """The public holidays of the place on which something starts, each once, in order."""
    region = region_of(time_zone, address)
    days = sorted({local_day(at, time_zone) for at in moments})
    return [(day, name) for day in days if (name := holiday(day, region))]
