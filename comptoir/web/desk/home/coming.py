"""The sessions of the next thirty days: those that fill, and those that do not."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from comptoir.bookings.queries import seats_left_of
from comptoir.catalogue import queries as catalogue
from comptoir.catalogue.states import SessionState
from comptoir.organisations.actors import Actor

SOON = timedelta(days=30)
NEARLY_FULL, HALF_EMPTY = 0.8, 0.5  # shares of the seats
SHOWN = 6


@dataclass(frozen=True)
class Coming:
    """One session to come, and how full it is."""

    session: Any
    taken: int

    @property
    def share(self) -> float:
        """How full, from 0 to 1."""
        return self.taken / self.session.capacity if self.session.capacity else 1.0

    @property
    def low(self) -> int:
        """From how many seats taken the measure turns amber."""
        return round((self.session.capacity or 0) * NEARLY_FULL)


@dataclass(frozen=True)
class Month:
    """The next thirty days at a glance; `shown` are the first that need a look, `until` the last day."""

    filling: list[Coming]
    empty: list[Coming]
    until: date
    coming: int

    @property
    def shown(self) -> list[Coming]:
        """The soonest of those that fill or do not."""
        return sorted(self.filling + self.empty, key=lambda one: (one.session.starts_on, one.session.pk))[:SHOWN]


def month(*, seen_by: Actor, today: date) -> Month:
    """Open sessions with a number of seats that begin within thirty days; a constant number of queries."""
    rows = catalogue.sessions_between(today, today + SOON, seen_by=seen_by)
    rows = rows.filter(starts_on__gte=today, state=SessionState.OPEN, capacity__gt=0)
    sessions = list(rows)
    seats = seats_left_of(sessions)
    coming = [Coming(one, (one.capacity or 0) - (seats[one.pk].left or 0)) for one in sessions]
    filling = [one for one in coming if one.share >= NEARLY_FULL]
    empty = [one for one in coming if one.share < HALF_EMPTY]
    return Month(filling, empty, today + SOON, len(coming))
