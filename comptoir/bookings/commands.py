"""Make registrations: the only door through which a seat is taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from comptoir.base.tokens import new_reference
from comptoir.bookings.models import Booking, Registration
from comptoir.bookings.seats import Allotment
from comptoir.bookings.states import RegistrationState
from comptoir.organisations.actors import Actor


@dataclass(frozen=True)
class Person:
    """One participant on one session, at a price in cents without VAT."""

    session_id: int
    seat_type_id: int | None
    first_name: str
    last_name: str
    email: str
    price_cents: int
    vat_bp: int


@dataclass(frozen=True)
class NewBooking:
    """A booking to make: its people already have their seats in the allotment. `source` makes it unique."""

    source: str
    client_id: int | None
    contact_name: str
    contact_email: str
    contact_phone: str
    people: Sequence[Person]
    level_id: int | None


@transaction.atomic
def register_many(
    wanted: Sequence[NewBooking], *, seated: Allotment, by: Actor, at: datetime
) -> dict[str, tuple[int, str]]:
    """Every booking exists with validated registrations; gives back source → (id, reference).

    `seated` is the locked allotment the caller took the seats from: without it nothing can be registered (C24).
    """
    if seated is None:
        raise TypeError("seats are taken before anybody is registered")
    bookings = [_booking(one, by=by, at=at) for one in wanted]
    Booking.objects.bulk_create(bookings, batch_size=500)
    rows = [
        _registration(booking, position, person, one.level_id)
        for booking, one in zip(bookings, wanted, strict=True)
        for position, person in enumerate(one.people, 1)
    ]
    Registration.objects.bulk_create(rows, batch_size=500)
    return {booking.source: (booking.pk, booking.reference) for booking in bookings}


def _booking(one: NewBooking, *, by: Actor, at: datetime) -> Booking:
    return Booking(
        organisation_id=by.organisation_id, reference=new_reference("R"), source=one.source, client_id=one.client_id,
        contact_name=one.contact_name, contact_email=one.contact_email, contact_phone=one.contact_phone, created_at=at,
    )  # fmt: skip


def _registration(booking: Booking, position: int, person: Person, level_id: int | None) -> Registration:
    return Registration(
        booking=booking, position=position, session_id=person.session_id, seat_type_id=person.seat_type_id,
        first_name=person.first_name, last_name=person.last_name, email=person.email, level_id=level_id,
        state=RegistrationState.VALIDATED, price_cents=person.price_cents, vat_bp=person.vat_bp,
    )  # fmt: skip
