"""Erase what a booking said of people (C9): the seats, the money and the dates stay."""

from datetime import datetime

from comptoir.bookings.commands.rows import InHand
from comptoir.bookings.models import Booking, Payer, Registration
from comptoir.journal import commands as journal
from comptoir.journal.erasing import forget_names
from comptoir.organisations.actors import Actor


def erase(held: InHand, *, by: Actor, at: datetime) -> None:
    """The booking in hand names nobody any more, its people neither. In the caller's transaction."""
    booking = held.booking
    Booking.objects.filter(pk=booking.pk).update(
        contact_name="", contact_email="", contact_phone="", label="", erased_at=at
    )
    Payer.objects.filter(booking=booking).delete()
    Registration.objects.filter(booking=booking).update(
        first_name="", last_name="", email="", search_key=booking.reference.lower()
    )
    forget_names(booking.reference, organisation_id=booking.organisation_id)
    journal.record(what="booking.erased", about=booking.reference, by=by, at=at)
