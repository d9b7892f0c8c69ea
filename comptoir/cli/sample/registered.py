"""The demonstration's bookings: validated, waiting, paid in part, to be paid back, cancelled."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from comptoir.bookings import queries as bookings
from comptoir.bookings.commands import moving
from comptoir.bookings.commands.registering import NewBooking, Person, register_many
from comptoir.bookings.seats import Allotment
from comptoir.bookings.states import RegistrationState
from comptoir.catalogue import queries as catalogue
from comptoir.clients import queries as known_clients
from comptoir.organisations.actors import Actor
from comptoir.payments.commands import recording
from comptoir.payments.commands.recording import Settled

PAID = (1, 0, "part", None, 1, "refund", 0, 1, "cancelled", 1)  # the whole, nothing, a part … of each booking in turn
MOST = 20


def register(by: Actor, next_name: Callable[[], tuple[str, str]], *, at: datetime) -> None:
    """Each client of the organisation has a booking or two on what is on sale, in every state there is."""
    sessions = list(catalogue.on_sale(organisation_id=by.organisation_id, at=at)[:MOST])
    clients = list(known_clients.clients(seen_by=by)[:MOST])
    for number in range(MOST if sessions and clients else 0):
        session, client = sessions[number % len(sessions)], clients[number % len(clients)]
        made_at = at - timedelta(days=MOST - number, minutes=37 * number)
        names = [next_name() for _place in range(1 + number % 3)]
        rate = session.seat_types.first()
        cents = rate.price_cents if rate else session.price_cents
        people = [
            Person(session.pk, rate.pk if rate else None, first, last, "", cents, session.vat_bp)
            for first, last in names
        ]
        how = PAID[number % len(PAID)]
        state = RegistrationState.VALIDATED if how in (1, "refund") else RegistrationState.PENDING
        first, last = names[0]
        email = f"{first}.{last}@exemple.fr".lower().replace(" ", "").encode("ascii", "ignore").decode()
        wanted = NewBooking(f"D-{number:05}", client.pk, f"{first} {last}", email, "+33240556677", people, None)
        with transaction.atomic():
            seats = Allotment.of([session.pk], locked=True)
            if not seats.take(session.pk, [one.seat_type_id for one in people]):
                continue
            booking_id = register_many([wanted], seated=seats, by=by, at=made_at, state=state)[wanted.source][0]
        _settle(booking_id, how, by=by, at=made_at + timedelta(days=1))


def _settle(booking_id: int, how: int | str | None, *, by: Actor, at: datetime) -> None:
    due = bookings.bookings(seen_by=by).get(pk=booking_id).due_cents
    if how in (1, "part", "refund") and due:
        cents = due // 2 if how == "part" else due
        method = ("cheque", "transfer", "purchase_order")[booking_id % 3]
        settled = Settled(cents, method, at.date(), "")
        recording.record_payment(booking_id=booking_id, key=f"demo-{booking_id}", settled=settled, by=by, at=at)
    if how in ("refund", "cancelled"):
        moving.cancel_booking(booking_id=booking_id, by=by, at=at)
