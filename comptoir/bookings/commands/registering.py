"""Make registrations: the only door through which a new seat is taken."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.prepared import insert
from comptoir.base.speaking import FRENCH
from comptoir.base.tokens import new_reference
from comptoir.bookings.amounts import Taken, owed
from comptoir.bookings.commands.seating import missing
from comptoir.bookings.keys import search_key
from comptoir.bookings.models import AddOnLine, Booking, Payer, Registration
from comptoir.bookings.seats import Allotment, Limits, NoSeatLeft
from comptoir.bookings.states import SEATED, RegistrationState, SeatOrder
from comptoir.organisations.actors import Actor

FEW = 8  # people whose rows are stored by a statement made ready


@dataclass(frozen=True)
class Taking:
    """One add-on, so many of it, at a price each in cents without VAT."""

    add_on_id: int
    quantity: int
    price_cents: int


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
    takings: Sequence[Taking] = ()


@dataclass(frozen=True)
class Sent:
    """What a direct booking was sent with: the same `token` and `part` is the same booking (T20), of that `digest`.

    `held_until`: when its seats are freed if nothing is paid; `deposit_cents`: enough to validate it, 0 for all.
    """

    token: str
    part: int
    digest: str
    payer: Payer
    method: str = ""
    held_until: datetime | None = None
    deposit_cents: int = 0
    terms_id: int | None = None
    seat_order: SeatOrder = SeatOrder.ARRIVAL  # as it was told to whoever books


@dataclass(frozen=True)
class NewBooking:
    """A booking to make: its people already have their seats in the allotment. `source` makes it unique."""

    source: str
    client_id: int | None
    contact_name: str
    contact_email: str
    contact_phone: str
    people: Sequence[Person]
    level_id: int | None = None
    seat_order: SeatOrder = SeatOrder.ARRIVAL
    language: str = FRENCH  # in which its contact is written to


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
    made = [_made(one, state, by=by, at=at) for one in wanted]
    _store(made)
    _count(made, seated)
    return {one.booking.source: (one.booking.pk, one.booking.reference) for one in made}


@transaction.atomic(savepoint=False)
def register_sent(
    one: NewBooking,
    sent: Sent,
    *,
    limits: Limits,
    state: RegistrationState,
    by: Actor,
    at: datetime,
    write_about: Callable[[Booking], None],
) -> Booking:
    """The same for one direct booking, with what it was sent with and who would pay; it takes its seats itself.

    Locked last, after `write_about` wrote the rest (journal, mail), so that others wait as short as can be; whoever was
    on the list goes first. `limits`: the capacities of its sessions and rates. Refuses: NoSeatLeft; IntegrityError when
    the same token and part was stored meanwhile.
    """
    made = _made(one, state, by=by, at=at)
    for name in ("token", "part", "digest", "method", "held_until", "deposit_cents", "terms_id"):
        setattr(made.booking, name, getattr(sent, name))
    _store([made])
    sent.payer.booking = made.booking
    insert([sent.payer])
    write_about(made.booking)
    ids = {row.session_id for row in made.people}
    seats = Allotment.of(ids, locked=True, extras=bool(made.extras), limits=limits)
    if state in SEATED:
        _check_room(made, seats)
    _count([made], seats)
    return made.booking


@dataclass(frozen=True)
class _Made:
    booking: Booking
    people: list[Registration]
    extras: list[Taken]


def _check_room(made: _Made, seats: Allotment) -> None:
    short = missing(made.people, made.extras, seats)
    awaited = [pk for pk, left in seats.left().items() if left.waiting]
    if short or awaited:
        raise NoSeatLeft(_("Plus assez de place\u00a0: %(why)s.") % {"why": next(iter(short.values()), _("complet"))})


def _store(made: Sequence[_Made]) -> None:
    people = [row for one in made for row in one.people]
    if len(people) <= FEW:
        insert([one.booking for one in made])
        insert(people)
    else:
        Booking.objects.bulk_create([one.booking for one in made], batch_size=500)
        Registration.objects.bulk_create(people, batch_size=500)
    if extras := [pair for one in made for pair in one.extras]:
        for row, line in extras:
            line.registration = row
        AddOnLine.objects.bulk_create([line for _row, line in extras], batch_size=500)


def _count(made: Sequence[_Made], seats: Allotment) -> None:
    people = [row for one in made for row in one.people]
    changes = Counter(((row.session_id, row.seat_type_id), row.state) for row in people)
    seats.write((scope, state, by) for (scope, state), by in changes.items())
    taken = Counter[int]()
    for row, line in (pair for one in made for pair in one.extras):
        if row.state in SEATED:
            taken[line.add_on_id] += line.quantity
    seats.extras.write(taken)


def _made(one: NewBooking, state: RegistrationState, *, by: Actor, at: datetime) -> _Made:
    booking = Booking(
        organisation_id=by.organisation_id, reference=new_reference("R"), source=one.source, client_id=one.client_id,
        contact_name=one.contact_name, contact_email=one.contact_email, contact_phone=one.contact_phone, created_at=at,
        seat_order=one.seat_order, language=one.language,
    )  # fmt: skip
    people: list[Registration] = []
    extras: list[Taken] = []
    for position, person in enumerate(one.people, 1):
        row = _registration(booking, position, person, one.level_id, state)
        people.append(row)
        extras += [(row, AddOnLine(**asdict(taking))) for taking in person.takings]
    booking.owed_cents = owed(people, extras, states=booking.owing_states).gross_cents
    return _Made(booking, people, extras)


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
