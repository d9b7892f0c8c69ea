"""What the ledger, a floor above, tells a booking: so much was paid. Paid enough, it is validated (C19)."""

from datetime import datetime

from comptoir.bookings.candidates import all_to_come
from comptoir.bookings.commands.candidates import follow_payment
from comptoir.bookings.commands.rows import InHand, seats_of
from comptoir.bookings.commands.seating import missing
from comptoir.bookings.models import Registration
from comptoir.bookings.states import RegistrationState
from comptoir.catalogue.models import Session
from comptoir.catalogue.states import PayMethod
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor


def paid(held: InHand, cents: int, *, by: Actor, at: datetime) -> None:
    """The booking in hand was paid so many cents more (less, below zero); its deposit, or all, validates its people.

    Paid a moment too late, it has its seats again when all are still free; else what was paid is to be paid back.
    Where paying gives the seats, its candidates have theirs, or wait for them first in line (ADR 0035).
    Runs in the transaction that wrote the ledger's entry.
    """
    booking = held.booking
    booking.paid_cents += cents
    if cents > 0:
        _come_back(held, by=by, at=at)
        booking.held_until = None  # whoever paid a part keeps the seats: the desk settles the rest
    booking.save(update_fields=["paid_cents", "held_until"])
    if cents > 0:
        validate_secured(held, by=by, at=at)
    follow_payment(held, by=by, at=at)


def validate_secured(held: InHand, *, by: Actor, at: datetime) -> None:
    """Whoever was pending is validated once the booking is paid enough, or owes nothing any more (C19)."""
    booking, waiting = held.booking, held.in_state(RegistrationState.PENDING)
    if waiting and booking.is_secured:
        held.move(waiting, RegistrationState.VALIDATED, seats_of(waiting), at=at)
        _record("booking.validated", held, waiting, by=by, at=at)


def keep_for_card(held: InHand, *, until: datetime) -> None:
    """It is being paid by card: if its seats are kept until a date, they are at least until then, or its beginning."""
    booking, rows = held.booking, held.in_state(RegistrationState.PENDING)
    if booking.held_until is None or not rows:
        return
    begins = Session.objects.filter(pk__in=[row.session_id for row in rows]).order_by("begins_at")
    first = begins.values_list("begins_at", flat=True)[0]
    booking.method = PayMethod.CARD
    booking.held_until = max(booking.held_until, min(until, first))
    booking.save(update_fields=["method", "held_until"])


def _come_back(held: InHand, *, by: Actor, at: datetime) -> None:
    """Those who lost their seats for want of this payment have them again: all of them, or none."""
    booking = held.booking
    if booking.expired_at is None or booking.erased_at is not None:
        return
    rows = [row for row in held.in_state(RegistrationState.CANCELLED) if row.closed_at == booking.expired_at]
    seats = seats_of(rows)
    if not rows or not all_to_come(rows, at=at) or missing(rows, held.extras, seats):
        return
    held.move(rows, RegistrationState.PENDING, seats, at=at)
    booking.expired_at = None
    booking.save(update_fields=["expired_at"])
    _record("booking.came-back", held, rows, by=by, at=at)


def _record(what: str, held: InHand, rows: list[Registration], *, by: Actor, at: datetime) -> None:
    detail: dict[str, object] = {"registrations": [row.pk for row in rows]}
    journal.record(what=what, about=held.booking.reference, by=by, at=at, detail=detail)
