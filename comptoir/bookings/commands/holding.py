"""Unpaid bookings lose their seats at the date they were told, and their contact is written to (a round; C24)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Refusal
from comptoir.base.outcome import Outcome
from comptoir.bookings.commands.rows import InHand, in_own_hand, seats_of
from comptoir.bookings.commands.telling import lines_of, tell
from comptoir.bookings.models import Booking
from comptoir.bookings.states import RegistrationState
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor, system


def expire_holds(*, at: datetime, limit: int = 100) -> Outcome[str]:
    """The bookings held until now or before are cancelled, each in a transaction of its own; they may come back."""
    outcome: Outcome[str] = Outcome()
    late = Booking.objects.filter(held_until__lte=at).order_by("held_until", "pk")
    for pk, reference, organisation_id in list(late.values_list("pk", "reference", "organisation_id")[:limit]):
        try:
            if _expire(pk, by=system(organisation_id), at=at):
                outcome.done.append(reference)
        except Refusal as refusal:
            outcome.skip(reference, refusal)
    return outcome


@transaction.atomic
def _expire(booking_id: int, *, by: Actor, at: datetime) -> bool:
    held = in_own_hand(booking_id, by=by)
    booking = held.booking
    if booking.held_until is None or booking.held_until > at:
        return False  # paid, or given more time, since it was listed
    rows = held.in_state(RegistrationState.PENDING)
    context = {"lines": lines_of(rows)}
    held.move(rows, RegistrationState.CANCELLED, seats_of(rows), at=at)
    booking.expired_at = at
    booking.save(update_fields=["expired_at"])
    detail: dict[str, object] = {"registrations": [row.pk for row in rows]}
    journal.record(what="booking.expired", about=booking.reference, by=by, at=at, detail=detail)
    _say_so(held, context, at=at)
    return True


def _say_so(held: InHand, context: dict[str, str], *, at: datetime) -> None:
    offered = held.booking.offered_at is not None
    kind = "waiting-offer-expired" if offered else "booking-expired"
    tell(held.booking, kind, key=f"{at:%Y%m%d%H%M%S}", button=_("Voir ma réservation"), context=context, at=at)
