"""Unpaid bookings lose their seats at the date they were told, unless the desk gives more time; told of both (C24)."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.base.errors import Invalid, Refusal
from comptoir.base.outcome import Outcome
from comptoir.bookings.commands.rows import InHand, in_hand, in_own_hand, seats_of
from comptoir.bookings.commands.telling import lines_of, tell, what_next
from comptoir.bookings.models import Booking, Registration
from comptoir.bookings.states import SEATED, RegistrationState
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor, system

LAST_MINUTE = time(23, 59)


class NotHeld(Refusal):
    """The booking has no unpaid seat that a date would free."""

    code = "not-held"


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
def lengthen_hold(*, booking_id: int, until: date, by: Actor, at: datetime) -> None:
    """The unpaid seats are kept to the end of that day, as it ends for the organisation; the contact is told.

    Also earlier than they were kept before, when there was a slip. Refuses: Missing, OutsidePerimeter, NotHeld,
    Invalid on `until` (passed, or after the first of its sessions begins).
    """
    held = in_hand(booking_id, by=by)
    held.require_own(held.rows)
    booking = held.booking
    if not booking.may_wait_longer:
        raise NotHeld(_("Aucune place n’est gardée en attente d’un paiement."))
    zone = ZoneInfo(booking.organisation.time_zone)
    kept = datetime.combine(until, LAST_MINUTE, zone).astimezone(UTC)
    begins = min(row.session.begins_at for row in held.in_state(RegistrationState.PENDING))
    if kept <= at:
        raise Invalid(_("Choisissez un jour à venir."), field="until")
    if kept > begins:
        raise Invalid(_("La session commence avant\u00a0: choisissez un jour plus tôt."), field="until")
    if kept != booking.held_until:
        booking.held_until = kept
        booking.save(update_fields=["held_until"])
        tell(
            booking, "booking-confirmation", key=f"{at:%Y%m%d%H%M%S}", button=gettext_lazy("Voir ma réservation"),
            context=lambda: {"lines": lines_of(held.in_state(*SEATED)), "next": what_next(booking)}, at=at,
        )  # fmt: skip
        detail: dict[str, object] = {"until": until.isoformat()}
        journal.record(what="booking.hold-lengthened", about=booking.reference, by=by, at=at, detail=detail)


@transaction.atomic
def _expire(booking_id: int, *, by: Actor, at: datetime) -> bool:
    held = in_own_hand(booking_id, by=by)
    booking = held.booking
    if booking.held_until is None or booking.held_until > at:
        return False  # paid, or given more time, since it was listed
    rows = held.in_state(RegistrationState.PENDING)
    held.move(rows, RegistrationState.CANCELLED, seats_of(rows), at=at)
    booking.expired_at = at
    booking.save(update_fields=["expired_at"])
    detail: dict[str, object] = {"registrations": [row.pk for row in rows]}
    journal.record(what="booking.expired", about=booking.reference, by=by, at=at, detail=detail)
    _say_so(held, rows, at=at)
    return True


def _say_so(held: InHand, rows: list[Registration], *, at: datetime) -> None:
    offered = held.booking.offered_at is not None
    kind = "waiting-offer-expired" if offered else "booking-expired"
    tell(
        held.booking, kind, key=f"{at:%Y%m%d%H%M%S}", button=gettext_lazy("Voir ma réservation"), at=at,
        context=lambda: {"lines": lines_of(rows)},
    )  # fmt: skip
