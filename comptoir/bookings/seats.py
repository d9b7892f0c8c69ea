"""Who holds a seat, how many are left, and taking some without ever passing the capacity (C24)."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.base.errors import Refusal
from comptoir.bookings.counting import Counts, Scope
from comptoir.bookings.extras import AddOnCounts
from comptoir.catalogue.models import SeatType, Session


class NoSeatLeft(Refusal):
    """The session, or this rate of it, is full."""

    code = "no-seat-left"


@dataclass(frozen=True)
class SeatsLeft:
    """Seats still free; None = no limit. `of(rate)` counts both the session's limit and the rate's.

    `waiting`: how many people are on the list before whoever comes now; what is free is theirs first.
    `candidates`: how many hope for a seat by their payment, or our validation, and hold none.
    """

    left: int | None
    by_seat_type: dict[int, int | None] = field(default_factory=dict)
    waiting: int = 0
    by_add_on: dict[int, int | None] = field(default_factory=dict)
    candidates: int = 0

    def of(self, seat_type_id: int | None) -> int | None:
        """Seats free for one rate; None = no limit."""
        known = [left for left in (self.left, self.by_seat_type.get(seat_type_id or 0)) if left is not None]
        return min(known) if known else None


@dataclass(frozen=True)
class Limits:
    """How many seats some sessions have, and their rates."""

    capacities: dict[int, int | None]
    rates: dict[int, SeatType]

    @classmethod
    def of(cls, sessions: Iterable[Session], rates: Iterable[SeatType]) -> "Limits":
        """Those of sessions and rates at hand."""
        return cls({one.pk: one.capacity for one in sessions}, {rate.pk: rate for rate in rates})

    @classmethod
    def read(cls, session_ids: Collection[int]) -> "Limits":
        """As they are now, in two queries."""
        sessions = Session.objects.filter(pk__in=session_ids).only("capacity")
        return cls.of(sessions, SeatType.objects.filter(session__in=session_ids).only("session_id", "name", "capacity"))


def left(session_ids: Collection[int], *, extras: bool = False) -> dict[int, SeatsLeft]:
    """Seats left in each session, in three queries whatever their number; one more for the add-ons."""
    return Allotment.of(session_ids, extras=extras).left()


def left_of(sessions: Collection[Session]) -> dict[int, SeatsLeft]:
    """Seats left in each of these sessions at hand, their rates set aside; one query."""
    limits = Limits.of(sessions, ())
    return Allotment.of([*limits.capacities], extras=False, limits=limits).left()


class Allotment:
    """The seats of some sessions, read once, then taken one by one in memory, and written with the registrations.

    Made with `locked=True` inside a transaction, nobody else can take from the same sessions until it ends: on
    PostgreSQL by locks of their counts in one order, on SQLite because a writing transaction is alone.
    """

    def __init__(self, counts: Counts, limits: Limits, extras: AddOnCounts) -> None:
        self._counts = counts
        self._capacities = limits.capacities
        self._rates = limits.rates
        self.extras = extras
        self._taken: Counter[int] = Counter()  # in memory, on top of the counts
        self._taken_at: Counter[int] = Counter()

    @classmethod
    def of(
        cls, session_ids: Collection[int], *, locked: bool = False, extras: bool = True, limits: Limits | None = None
    ) -> "Allotment":
        """The seats of these sessions, their counts locked in one order when asked; four queries, five when locked.

        Without `extras`, one query less, and their add-ons are unknown; with `limits` read before, two less.
        """
        ids = sorted(set(session_ids))
        counts = Counts.locked(ids) if locked else Counts.read(ids)
        return cls(counts, limits or Limits.read(ids), AddOnCounts.read(ids if extras else ()))

    def left(self) -> dict[int, SeatsLeft]:
        """Seats left now, never below zero."""
        by_session: dict[int, dict[int, int | None]] = {}
        for pk, rate in self._rates.items():
            by_session.setdefault(rate.session_id, {})[pk] = _floor(self._free_at(rate))
        return {
            pk: SeatsLeft(
                _floor(self._free(pk)),
                by_session.get(pk, {}),
                self._counts.waiting(pk),
                self.extras.left(pk),
                self._counts.candidates(pk),
            )
            for pk in self._capacities
        }

    def has(self, session_id: int, seat_type_ids: Collection[int | None]) -> bool:
        """Whether all of these (one entry a person) fit together."""
        return not self.short(session_id, seat_type_ids)

    def short(self, session_id: int, seat_type_ids: Collection[int | None]) -> str:
        """What is missing for all of these to fit: '' when nothing is, else « complet » or the name of the rate."""
        free = self._free(session_id)
        if free is not None and free < len(seat_type_ids):
            return (
                _("complet")
                if free <= 0
                else ngettext("il reste %(n)s place", "il reste %(n)s places", free) % {"n": free}
            )
        for pk, count in Counter(pk for pk in seat_type_ids if pk in self._rates).items():
            free = self._free_at(self._rates[pk])
            if free is not None and free < count:
                return _("tarif «\u202f%(rate)s\u202f» complet") % {"rate": self._rates[pk].name}
        return ""

    def take(self, session_id: int, seat_type_ids: Collection[int | None]) -> bool:
        """Take them all, or none."""
        if not self.has(session_id, seat_type_ids):
            return False
        self._taken[session_id] += len(seat_type_ids)
        self._taken_at.update(pk for pk in seat_type_ids if pk is not None)
        return True

    def write(self, changes: Iterable[tuple[Scope, str, int]]) -> None:
        """The counts hold these changes: (session and rate), state, how many more or less. They must be locked."""
        self._counts.write(changes)

    def _free(self, session_id: int) -> int | None:
        size = self._capacities.get(session_id)
        return None if size is None else size - self._counts.held(session_id) - self._taken[session_id]

    def _free_at(self, rate: SeatType) -> int | None:
        if rate.capacity is None:
            return None
        return rate.capacity - self._counts.held_at(rate.session_id, rate.pk) - self._taken_at[rate.pk]


def _floor(free: int | None) -> int | None:
    return None if free is None else max(0, free)
