"""What the ledger, a floor above, tells a booking: so much was paid. Paid enough, it is validated (C19)."""

from datetime import datetime

from comptoir.bookings.commands.rows import InHand, seats_of
from comptoir.bookings.states import RegistrationState
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor


def paid(held: InHand, cents: int, *, by: Actor, at: datetime) -> None:
    """The booking in hand was paid so many cents more (less, below zero); its deposit, or all, validates its people.

    Runs in the transaction that wrote the ledger's entry.
    """
    booking = held.booking
    booking.paid_cents += cents
    if cents > 0:
        booking.held_until = None  # whoever paid a part keeps the seats: the desk settles the rest
    booking.save(update_fields=["paid_cents", "held_until"])
    if cents > 0:
        validate_secured(held, by=by, at=at)


def validate_secured(held: InHand, *, by: Actor, at: datetime) -> None:
    """Whoever was pending is validated once the booking is paid enough, or owes nothing any more (C19)."""
    booking, waiting = held.booking, held.in_state(RegistrationState.PENDING)
    if waiting and booking.is_secured:
        held.move(waiting, RegistrationState.VALIDATED, seats_of(waiting), at=at)
        detail: dict[str, object] = {"registrations": [row.pk for row in waiting]}
        journal.record(what="booking.validated", about=booking.reference, by=by, at=at, detail=detail)
