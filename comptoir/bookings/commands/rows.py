"""A booking in hand: loaded in the actor's organisation, locked, its people moved, counted and owed again."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from comptoir.base.errors import Missing, Refusal
from comptoir.base.outcome import Outcome
from comptoir.bookings.amounts import Taken, owed, taken
from comptoir.bookings.models import AddOnLine, Booking, Registration
from comptoir.bookings.perimeter import NoSuchBooking, OutsidePerimeter
from comptoir.bookings.queries import bookings
from comptoir.bookings.seats import Allotment
from comptoir.bookings.states import CLOSED, SEATED, RegistrationState, check_move
from comptoir.catalogue.queries import sessions
from comptoir.organisations.actors import Actor


@dataclass
class InHand:
    """A locked booking with all its registrations, and the ids of those in the actor's perimeter."""

    booking: Booking
    rows: list[Registration]
    own: frozenset[int]
    extras: list[Taken]

    def in_state(self, *states: str) -> list[Registration]:
        """Its registrations in these states."""
        return [row for row in self.rows if row.state in states]

    def row(self, registration_id: int) -> Registration:
        """One of them, in the perimeter. Refuses: Missing."""
        for row in self.rows:
            if row.pk == registration_id and row.pk in self.own:
                return row
        raise Missing(_("Cette inscription n’existe pas."))

    def require_own(self, rows: Collection[Registration]) -> None:
        """All of these are in the actor's perimeter. Refuses: OutsidePerimeter."""
        if any(row.pk not in self.own for row in rows):
            raise OutsidePerimeter

    def move(self, rows: Sequence[Registration], target: RegistrationState, seats: Allotment, *, at: datetime) -> None:
        """These stand in another state; counts, what is owed and the hold follow. Refuses: ForbiddenMove."""
        changes: Counter[tuple[tuple[int, int | None], str]] = Counter()
        turned = Counter[int]()
        for row in rows:
            check_move(row.state, target)
            scope = (row.session_id, row.seat_type_id)
            changes[scope, row.state] -= 1
            changes[scope, target] += 1
            if by := (target in SEATED) - (row.state in SEATED):
                turned.update({line.add_on_id: by * line.quantity for line in self.lines_of(row)})
            row.state, row.closed_at = target, at if target in CLOSED else None
        Registration.objects.bulk_update(rows, ["state", "closed_at"], batch_size=200)
        seats.write((scope, state, by) for (scope, state), by in changes.items() if by)
        seats.extras.write(turned)
        self.settle()

    def lines_of(self, row: Registration) -> list[AddOnLine]:
        """What one of them takes beside the seat."""
        return [line for one, line in self.extras if one is row]

    def settle(self) -> None:
        """The booking owes what `owing_states` and their add-ons cost, and is held only while somebody is pending."""
        booking = self.booking
        before = (booking.owed_cents, booking.held_until)
        booking.owed_cents = owed(self.rows, self.extras, states=booking.owing_states).gross_cents
        if not self.in_state(RegistrationState.PENDING):
            booking.held_until = None
        if before != (booking.owed_cents, booking.held_until):
            booking.save(update_fields=["owed_cents", "held_until"])


def in_hand(booking_id: int, *, by: Actor) -> InHand:
    """The booking, locked, of the actor's organisation, with at least one person of the perimeter. Refuses: Missing."""
    held = in_own_hand(booking_id, by=by)
    rows = held.rows
    mine = sessions(seen_by=by).order_by().filter(pk__in={row.session_id for row in rows}).values_list("pk", flat=True)
    managed = set(mine)
    held.own = frozenset(row.pk for row in rows if row.session_id in managed)
    if not held.own:
        raise NoSuchBooking
    return held


def in_own_hand(booking_id: int, *, by: Actor) -> InHand:
    """The booking, locked, in the hand of its registrant: everybody in it is in reach. Refuses: Missing."""
    found = Booking.objects.select_for_update(of=("self",)).filter(organisation_id=by.organisation_id, pk=booking_id)
    booking = found.first()
    if booking is None:
        raise NoSuchBooking
    rows = list(Registration.objects.filter(booking=booking).order_by("position"))
    return InHand(booking, rows, frozenset(row.pk for row in rows), taken(rows))


def seats_of(rows: Collection[Registration]) -> Allotment:
    """The seats of the sessions of these people, locked: the last thing to lock."""
    return Allotment.of({row.session_id for row in rows}, locked=True)


def on_each(booking_ids: Collection[int], act: Callable[[int], None], *, by: Actor) -> Outcome[str]:
    """The act is done on each of these bookings of the perimeter, newest first; those that refuse are skipped."""
    outcome: Outcome[str] = Outcome()
    for pk, reference in bookings(seen_by=by).filter(pk__in=booking_ids).values_list("pk", "reference"):
        try:
            act(pk)
        except Refusal as refusal:
            outcome.skip(reference, refusal)
        else:
            outcome.done.append(reference)
    return outcome
