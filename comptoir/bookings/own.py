"""A booking as its registrant sees it: people, money, and what may still be done, until when (C11)."""

from dataclasses import dataclass
from datetime import date, datetime

from comptoir.bookings.models import Booking, Registration
from comptoir.bookings.states import SEATED, BookingStatus, status_of
from comptoir.catalogue import zones
from comptoir.catalogue.rules import rules_of


@dataclass(frozen=True)
class Own:
    """What the page shows. `until`: the last day on which its registrant may act, None when nothing is allowed."""

    booking: Booking
    rows: list[Registration]
    may_cancel: bool
    may_rename: bool
    until: date | None

    @property
    def status(self) -> BookingStatus:
        """Derived from its registrations (C8)."""
        return status_of({row.state for row in self.rows})

    @property
    def held(self) -> list[Registration]:
        """The people who hold a seat."""
        return [row for row in self.rows if row.state in SEATED]


def own(booking: Booking, *, at: datetime) -> Own:
    """The booking with what its registrant may do now: only what all the activities of its seats allow, in time."""
    rows = Registration.objects.filter(booking=booking).select_related("session__activity", "seat_type", "level")
    return judged(booking, list(rows.order_by("position")), at=at)


def judged(booking: Booking, rows: list[Registration], *, at: datetime) -> Own:
    """The same, the rows being at hand with their sessions."""
    held = [row for row in rows if row.state in SEATED]
    rules = rules_of({row.session.activity_id for row in held})
    days = [rules[row.session.activity_id].last_day(row.session.starts_on) for row in held]
    in_time = bool(days) and booking.erased_at is None and zones.home_day(at) <= min(days)
    may_cancel = all(one.may_cancel for one in rules.values())
    may_rename = all(one.may_rename for one in rules.values())
    until = min(days) if days and (may_cancel or may_rename) else None
    return Own(booking, rows, may_cancel and in_time, may_rename and in_time, until)
