"""Who holds a seat, how many are left, and taking some without ever passing the capacity (C24)."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Count

from comptoir.base.errors import Refusal
from comptoir.bookings.models import Registration
from comptoir.bookings.states import SEATED
from comptoir.catalogue.models import SeatType, Session


class NoSeatLeft(Refusal):
    """The session, or this rate of it, is full."""

    code = "no-seat-left"


@dataclass(frozen=True)
class SeatsLeft:
    """Seats still free; None = no limit. `of(rate)` counts both the session's limit and the rate's."""

    left: int | None
    by_seat_type: dict[int, int | None] = field(default_factory=dict)

    def of(self, seat_type_id: int | None) -> int | None:
        """Seats free for one rate; None = no limit."""
        known = [left for left in (self.left, self.by_seat_type.get(seat_type_id or 0)) if left is not None]
        return min(known) if known else None


def left(session_ids: Collection[int]) -> dict[int, SeatsLeft]:
    """Seats left in each session, in three queries whatever their number."""
    return Allotment.of(session_ids).left()


class Allotment:
    """The seats of some sessions, counted once, then taken one by one in memory.

    Made with `locked=True` inside a transaction, nobody else can take from the same sessions until it ends:
    on PostgreSQL by row locks in one order, on SQLite because a writing transaction is alone.
    """

    def __init__(self, capacities: dict[int, int | None], rates: dict[int, tuple[int, int | None]]) -> None:
        self._capacities = capacities
        self._rates = rates
        self._taken: Counter[int] = Counter()
        self._taken_at: Counter[int] = Counter()

    @classmethod
    def of(cls, session_ids: Collection[int], *, locked: bool = False) -> "Allotment":
        """Count the seats of these sessions, locking them in id order when asked."""
        ids = sorted(set(session_ids))
        sessions = Session.objects.filter(pk__in=ids).order_by("pk")
        if locked:
            sessions = sessions.select_for_update(of=("self",))
        rates = SeatType.objects.filter(session__in=ids).values_list("pk", "session_id", "capacity")
        made = cls(
            dict(sessions.values_list("pk", "capacity")), {pk: (session_id, size) for pk, session_id, size in rates}
        )
        made._count(ids)
        return made

    def _count(self, ids: Iterable[int]) -> None:
        held = (
            Registration.objects.filter(session__in=ids, state__in=SEATED)
            .values_list("session_id", "seat_type_id")
            .order_by()
            .annotate(count=Count("pk"))
        )
        for session_id, seat_type_id, count in held:
            self._add(session_id, seat_type_id, count)

    def _add(self, session_id: int, seat_type_id: int | None, count: int) -> None:
        self._taken[session_id] += count
        if seat_type_id is not None:
            self._taken_at[seat_type_id] += count

    def left(self) -> dict[int, SeatsLeft]:
        """Seats left now, never below zero."""
        by_session: dict[int, dict[int, int | None]] = {}
        for pk, (session_id, size) in self._rates.items():
            by_session.setdefault(session_id, {})[pk] = _free(size, self._taken_at[pk])
        return {
            pk: SeatsLeft(_free(size, self._taken[pk]), by_session.get(pk, {})) for pk, size in self._capacities.items()
        }

    def has(self, session_id: int, seat_type_ids: Collection[int | None]) -> bool:
        """Whether all of these (one entry a person) fit together."""
        free = _free(self._capacities.get(session_id), self._taken[session_id])
        if free is not None and free < len(seat_type_ids):
            return False
        wanted = Counter(pk for pk in seat_type_ids if pk is not None)
        return all(
            (size := self._rates[pk][1]) is None or size - self._taken_at[pk] >= count
            for pk, count in wanted.items()
            if pk in self._rates
        )

    def take(self, session_id: int, seat_type_ids: Collection[int | None]) -> bool:
        """Take them all, or none."""
        if not self.has(session_id, seat_type_ids):
            return False
        for seat_type_id in seat_type_ids:
            self._add(session_id, seat_type_id, 1)
        return True


def _free(size: int | None, taken: int) -> int | None:
    return None if size is None else max(0, size - taken)
