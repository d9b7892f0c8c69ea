"""Cancel a booking, bring it back, validate it; withdraw one of its people for good (C14, C15, C16, C19)."""

from collections.abc import Callable, Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base import words
from comptoir.base.errors import Refusal
from comptoir.base.outcome import Outcome
from comptoir.bookings.commands.candidates import follow_payment, require_seats, tell_seated
from comptoir.bookings.commands.rows import InHand, in_hand, on_each, seats_of
from comptoir.bookings.commands.seating import missing
from comptoir.bookings.models import Registration
from comptoir.bookings.seats import Allotment, NoSeatLeft
from comptoir.bookings.states import LIVE, RegistrationState, SeatOrder
from comptoir.catalogue.models import Session
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor

S = RegistrationState


class NothingToDo(Refusal):
    """No registration of this booking is in a state to be moved so."""

    code = "nothing-to-do"


@transaction.atomic
def cancel_booking(*, booking_id: int, by: Actor, at: datetime) -> None:
    """Every seat the booking held is free again, its add-ons too; it may be reactivated (C14).

    Refuses: Missing, OutsidePerimeter, NothingToDo.
    """
    held = in_hand(booking_id, by=by)
    rows = _those(held, LIVE, _("Cette réservation est déjà annulée."))
    held.move(rows, S.CANCELLED, seats_of(rows), at=at)
    _record("booking.cancelled", held, rows, by=by, at=at)


@transaction.atomic
def reactivate_booking(*, booking_id: int, by: Actor, at: datetime) -> None:
    """What was cancelled with the booking has its seats and add-ons again, awaiting validation: all, or nothing (C15).

    Where seats are given by payment or validation, they are candidates again, seated at once if paid for and possible.
    Those withdrawn one by one stay so. Refuses: Missing, OutsidePerimeter, NothingToDo, NoSeatLeft naming what is
    missing.
    """
    held = in_hand(booking_id, by=by)
    rows = _those(held, (S.CANCELLED,), _("Il n’y a rien à réactiver dans cette réservation."))
    seats, hope = seats_of(rows), held.booking.seat_order != SeatOrder.ARRIVAL
    if not hope:
        _take_all(held, rows, seats)
    held.move(rows, S.CANDIDATE if hope else S.PENDING, seats, at=at)
    held.booking.expired_at = held.booking.secured_at = None
    held.booking.save(update_fields=["expired_at", "secured_at"])
    _record("booking.reactivated", held, rows, by=by, at=at)
    follow_payment(held, by=by, at=at)


@transaction.atomic
def validate_booking(*, booking_id: int, by: Actor, at: datetime) -> None:
    """Everybody who was awaiting validation is validated; candidates have then their seat, and are told.

    Refuses: Missing, OutsidePerimeter, NothingToDo, NoSeatLeft naming the session and how many hope for a seat.
    """
    held = in_hand(booking_id, by=by)
    rows = _those(held, (S.PENDING, S.CANDIDATE), _("Personne n’attend d’être validé dans cette réservation."))
    candidates, seats = held.in_state(S.CANDIDATE), seats_of(rows)
    require_seats(held, candidates, seats)
    held.move(rows, S.VALIDATED, seats, at=at)
    _record("booking.validated", held, rows, by=by, at=at)
    if candidates:
        tell_seated(held, candidates, at=at)


@transaction.atomic
def withdraw_registration(*, booking_id: int, registration_id: int, by: Actor, at: datetime) -> None:
    """One person of a validated booking has no seat any more, for good; the others keep theirs (C16).

    Refuses: Missing, ForbiddenMove.
    """
    held = in_hand(booking_id, by=by)
    row = held.row(registration_id)
    held.move([row], S.WITHDRAWN, seats_of([row]), at=at)
    _record("registration.withdrawn", held, [row], by=by, at=at)


ACTS: dict[str, Callable[..., None]] = {
    "cancel": cancel_booking,
    "reactivate": reactivate_booking,
    "validate": validate_booking,
}


def move_many(act: str, *, booking_ids: Collection[int], by: Actor, at: datetime) -> Outcome[str]:
    """The act is done on each booking, in a transaction of its own; those that refuse are skipped with their reason."""
    return on_each(booking_ids, lambda pk: ACTS[act](booking_id=pk, by=by, at=at), by=by)


def _those(held: InHand, states: Collection[str], otherwise: str) -> list[Registration]:
    rows = held.in_state(*states)
    if not rows:
        raise NothingToDo(otherwise)
    held.require_own(rows)
    return rows


def _take_all(held: InHand, rows: Collection[Registration], seats: Allotment) -> None:
    if short := missing(rows, held.extras, seats):
        named = Session.objects.filter(pk__in=short).select_related("activity").order_by("starts_on", "pk")
        lacks = [f"{one.activity.title}, {words.span(one.starts_on, one.ends_on)} ({short[one.pk]})" for one in named]
        said = _("Rien n’a été réactivé, il manque des places\u00a0: %(missing)s.")
        raise NoSeatLeft(said % {"missing": words.apart(lacks)})


def _record(what: str, held: InHand, rows: Collection[Registration], *, by: Actor, at: datetime) -> None:
    detail: dict[str, object] = {"registrations": [row.pk for row in rows]}
    journal.record(what=what, about=held.booking.reference, by=by, at=at, detail=detail)
