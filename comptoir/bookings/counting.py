"""The seat counts: read, locked, written with the registrations that change them, and counted again to be sure."""

from collections import Counter
from collections.abc import Collection, Iterable

from django.db.models import Count, Q

from comptoir.base.prepared import Prepared, update
from comptoir.bookings.models import Registration, SeatCount
from comptoir.bookings.states import RegistrationState

type Scope = tuple[int, int | None]  # a session, and a rate or None: none
STATES = tuple(state.value for state in RegistrationState)


class Counts:
    """The counts of some sessions. Locked, nobody else changes them until the transaction ends."""

    def __init__(self, rows: Iterable[SeatCount]) -> None:
        self.rows: dict[Scope, SeatCount] = {(row.session_id, row.seat_type_id): row for row in rows}

    @classmethod
    def read(cls, session_ids: Collection[int]) -> "Counts":
        """As they are now, in one query."""
        return cls(_OF.all(sessions=session_ids))

    @classmethod
    def locked(cls, session_ids: Collection[int]) -> "Counts":
        """As they are now, nobody else changing them: whoever does locks the row without a rate of each session first.

        They are read after that lock, by another statement: the rows of rates that somebody made while one waited for
        it are then seen.
        """
        ids = sorted(set(session_ids))
        if missing := set(ids) - {row.session_id for row in _HEADS.all(sessions=ids)}:
            made = [SeatCount(session_id=session_id) for session_id in sorted(missing)]
            SeatCount.objects.bulk_create(made, ignore_conflicts=True)  # another may have made it meanwhile
            _HEADS.all(sessions=ids)
        return cls.read(ids)

    def held(self, session_id: int) -> int:
        """Seats taken in a session, at any rate."""
        return sum(row.held for (one, _rate), row in self.rows.items() if one == session_id)

    def waiting(self, session_id: int) -> int:
        """People on the waiting list of a session."""
        return sum(row.waiting for (one, _rate), row in self.rows.items() if one == session_id)

    def candidates(self, session_id: int) -> int:
        """People who hope for a seat of a session, and hold none."""
        return sum(row.candidate for (one, _rate), row in self.rows.items() if one == session_id)

    def held_at(self, session_id: int, seat_type_id: int | None) -> int:
        """Seats taken at one rate."""
        row = self.rows.get((session_id, seat_type_id))
        return row.held if row else 0

    def write(self, changes: Iterable[tuple[Scope, str, int]]) -> None:
        """The counts are changed by so many in each state. Their sessions must be locked."""
        touched: dict[Scope, SeatCount] = {}
        states: set[str] = set()
        for scope, state, by in changes:
            row = touched[scope] = self.rows.setdefault(scope, SeatCount(session_id=scope[0], seat_type_id=scope[1]))
            setattr(row, state, getattr(row, state) + by)
            states.add(state)
        known = [row for row in touched.values() if row.pk]
        if len(known) == 1:  # most often: said plainly, it costs a third
            update(known[0], states)
        elif known:
            SeatCount.objects.bulk_update(known, sorted(states))
        if new := [row for row in touched.values() if row.pk is None]:
            SeatCount.objects.bulk_create(new)


_OF: Prepared[SeatCount] = Prepared(lambda sessions: SeatCount.objects.filter(session__in=sessions).order_by("pk"))
_HEADS: Prepared[SeatCount] = Prepared(
    lambda sessions: (
        SeatCount.objects.filter(session__in=sessions, seat_type=None).select_for_update(of=("self",)).order_by("pk")
    )
)


def counted_again(*, session_ids: Collection[int] | None = None) -> dict[Scope, Counter[str]]:
    """What the registrations themselves say."""
    rows = Registration.objects.all() if session_ids is None else Registration.objects.filter(session__in=session_ids)
    found: dict[Scope, Counter[str]] = {}
    for session_id, rate, state, count in (
        rows.order_by().values_list("session_id", "seat_type_id", "state").annotate(n=Count("pk"))
    ):
        found.setdefault((session_id, rate), Counter())[state] = count
    return found


def differences() -> dict[Scope, tuple[dict[str, int], dict[str, int]]]:
    """Where counts and registrations disagree: (counted, really). Empty, always."""
    really = counted_again()
    stored = {
        (row.session_id, row.seat_type_id): {state: getattr(row, state) for state in STATES}
        for row in SeatCount.objects.exclude(Q(**dict.fromkeys(STATES, 0)))
    }
    nothing = dict.fromkeys(STATES, 0)
    pairs = {
        scope: (stored.get(scope, nothing), nothing | really.get(scope, Counter()))
        for scope in stored.keys() | really.keys()
    }
    return {scope: (one, other) for scope, (one, other) in pairs.items() if one != other}
