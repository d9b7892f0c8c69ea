"""Make registrations: the only door through which a new seat is taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from comptoir.base.tokens import new_reference
from comptoir.bookings.amounts import owed
from comptoir.bookings.keys import search_key
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
    wanted: Sequence[NewBooking],
    *,
    seated: Allotment,
    by: Actor,
    at: datetime,
    state: RegistrationState = RegistrationState.VALIDATED,
) -> dict[str, tuple[int, str]]:
    """Every booking exists, its people registered and counted, owing their price; gives source → (id, reference).

    `seated` is the locked allotment the caller took the seats from: without it nothing can be registered (C24).
    """
    if seated is None:
        raise TypeError("seats are taken before anybody is registered")
    made = [(one, *_rows(one, state, by=by, at=at)) for one in wanted]
    Booking.objects.bulk_create([booking for _one, booking, _people in made], batch_size=500)
    people = [row for _one, _booking, rows in made for row in rows]
    Registration.objects.bulk_create(people, batch_size=500)
    seated.write(((row.session_id, row.seat_type_id), row.state, 1) for row in people)
    return {one.source: (booking.pk, booking.reference) for one, booking, _people in made}


def _rows(one: NewBooking, state: RegistrationState, *, by: Actor, at: datetime) -> tuple[Booking, list[Registration]]:
    booking = Booking(
        organisation_id=by.organisation_id, reference=new_reference("R"), source=one.source, client_id=one.client_id,
        contact_name=one.contact_name, contact_email=one.contact_email, contact_phone=one.contact_phone, created_at=at,
    )  # fmt: skip
    people = [
        _registration(booking, position, person, one.level_id, state) for position, person in enumerate(one.people, 1)
    ]
    booking.owed_cents = owed(people).gross_cents
    return booking, people


def _registration(
    booking: Booking, position: int, person: Person, level_id: int | None, state: RegistrationState
) -> Registration:
    row = Registration(
        organisation_id=booking.organisation_id, booking=booking, position=position, session_id=person.session_id,
        seat_type_id=person.seat_type_id, first_name=person.first_name, last_name=person.last_name, email=person.email,
        level_id=level_id, state=state, price_cents=person.price_cents, vat_bp=person.vat_bp,
    )  # fmt: skip
    row.search_key = search_key(booking, row)
    return row
