"""Reads about bookings and registrations."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from comptoir.bookings import seats
from comptoir.bookings.models import Booking, Registration
from comptoir.bookings.seats import SeatsLeft
from comptoir.catalogue.queries import sessions
from comptoir.organisations.actors import Actor


def seats_left(session_ids: Collection[int]) -> dict[int, SeatsLeft]:
    """Seats left in each session (and each rate of it), three queries whatever their number."""
    return seats.left(session_ids)


def registrations(*, seen_by: Actor, text: str = "") -> QuerySet[Registration]:
    """Registrations of the sessions in the reader's perimeter (C2), newest booking first.

    `text`: words of the participant's name and address, or of the booking's reference and contact.
    """
    rows = Registration.objects.filter(
        booking__organisation_id=seen_by.organisation_id, session__in=sessions(seen_by=seen_by).order_by().values("pk")
    )
    for word in text.split():
        person = Q(last_name__icontains=word) | Q(first_name__icontains=word) | Q(email__icontains=word)
        rows = rows.filter(person | Q(booking__reference__iexact=word) | Q(booking__contact_name__icontains=word))
    return rows.select_related("booking__client", "session__activity", "level", "seat_type").order_by(
        "-booking_id", "position"
    )


def born_from(source: str, *, seen_by: Actor) -> Booking | None:
    """The booking made from that request or deal, if there is one."""
    return Booking.objects.filter(organisation_id=seen_by.organisation_id, source=source).first() if source else None


def booking(reference: str, *, seen_by: Actor) -> Booking | None:
    """One booking of the reader's organisation."""
    return Booking.objects.filter(organisation_id=seen_by.organisation_id, reference=reference).first()
