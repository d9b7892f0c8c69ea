"""Give candidates their seat, when they are paid for or by a manager's hand; end what can have none (ADR 0035)."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from comptoir.base import words
from comptoir.base.errors import Refusal
from comptoir.base.outcome import Outcome
from comptoir.bookings import seats as counted
from comptoir.bookings.candidates import ahead, all_to_come, paid_line, rank_of, with_paid_ones, without_a_seat_in_time
from comptoir.bookings.commands.rows import InHand, in_own_hand, seats_of
from comptoir.bookings.commands.seating import missing
from comptoir.bookings.commands.telling import lines_of, tell, what_next
from comptoir.bookings.models import Registration
from comptoir.bookings.seats import Allotment, NoSeatLeft
from comptoir.bookings.states import RegistrationState, SeatOrder
from comptoir.catalogue.models import Session
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor, system

S = RegistrationState


def follow_payment(held: InHand, *, by: Actor, at: datetime) -> None:
    """Where paying gives the seats: paid enough, the candidates in hand have theirs if some are left.

    Those paid for before go first. With none left the money stays in the ledger, they are first in line behind those
    paid before, and the contact is told. No longer paid enough, they lose that rank. In the caller's transaction.
    """
    booking, rows = held.booking, held.in_state(S.CANDIDATE)
    if not rows or booking.seat_order != SeatOrder.PAYMENT:
        return
    is_new = booking.secured_at is None
    booking.secured_at = (booking.secured_at or at) if booking.is_secured else None
    booking.save(update_fields=["secured_at"])
    if booking.secured_at is None or _seated(held, rows, by=by, at=at) or not is_new:
        return
    _record("candidate.paid-without-seat", held, rows, by=by, at=at)
    tell(
        booking, "candidate-unseated", key=_key(at), button=gettext_lazy("Voir ma candidature"), at=at,
        context=lambda: {"lines": lines_of(rows), "rank": str(rank_of(booking, rows))},
    )  # fmt: skip


def require_seats(held: InHand, rows: Collection[Registration], seats: Allotment) -> None:
    """There is a seat for each of these, after those already paid for. Refuses: NoSeatLeft, naming the session."""
    _reserve(held, rows, seats)
    short = missing(rows, held.extras, seats)
    if not short:
        return
    session = Session.objects.filter(pk__in=short).select_related("activity").order_by("starts_on", "pk")[0]
    waiting = seats.left()[session.pk].candidates
    named = f"{session.activity.title}, {words.span(session.starts_on, session.ends_on)} ({short[session.pk]})"
    said = ngettext(
        "Personne n’a été validé, il manque des places\u00a0: %(session)s. %(n)s candidature y attend une place.",
        "Personne n’a été validé, il manque des places\u00a0: %(session)s. %(n)s candidatures y attendent une place.",
        waiting,
    )
    raise NoSeatLeft(said % {"session": named, "n": waiting})


def tell_seated(held: InHand, rows: Collection[Registration], *, at: datetime) -> None:
    """The contact of these candidates learns that they have their seat, and what is left to pay."""
    tell(
        held.booking, "candidate-seated", key=_key(at), button=gettext_lazy("Voir ma réservation"), at=at,
        context=lambda: {"lines": lines_of(rows), "next": what_next(held.booking)},
    )  # fmt: skip


def seat_freed(*, at: datetime, limit: int = 100) -> Outcome[str]:
    """Each session with free seats has given them to its candidates paid for, as they were paid (a round)."""
    outcome: Outcome[str] = Outcome()
    for session in with_paid_ones(at=at)[:limit]:
        for pk, reference in paid_line(session.pk):
            if counted.left([session.pk])[session.pk].left == 0:
                break
            try:
                if _seat_one(pk, by=system(session.organisation_id), at=at):
                    outcome.done.append(reference)
            except Refusal as refusal:
                outcome.skip(reference, refusal)
    return outcome


def end_candidates(*, at: datetime, limit: int = 100) -> Outcome[str]:
    """Candidates whose session has begun or is cancelled are cancelled, told, what they paid due back (a round)."""
    outcome: Outcome[str] = Outcome()
    late = without_a_seat_in_time(at=at).values_list("pk", "reference", "organisation_id")
    for pk, reference, organisation_id in list(late[:limit]):
        try:
            if _end(pk, by=system(organisation_id), at=at):
                outcome.done.append(reference)
        except Refusal as refusal:
            outcome.skip(reference, refusal)
    return outcome


@transaction.atomic
def _seat_one(booking_id: int, *, by: Actor, at: datetime) -> bool:
    held = in_own_hand(booking_id, by=by)
    rows = held.in_state(S.CANDIDATE)
    return bool(rows and held.booking.secured_at) and _seated(held, rows, by=by, at=at)


@transaction.atomic
def _end(booking_id: int, *, by: Actor, at: datetime) -> bool:
    held = in_own_hand(booking_id, by=by)
    rows = [row for row in held.in_state(S.CANDIDATE) if not all_to_come([row], at=at)]
    if not rows:
        return False
    held.move(rows, S.CANCELLED, seats_of(rows), at=at)
    _record("candidate.ended", held, rows, by=by, at=at)
    tell(
        held.booking, "candidate-ended", key=_key(at), button=gettext_lazy("Voir ma candidature"), at=at,
        context=lambda: {"lines": lines_of(rows), "next": _back(held.booking.refund_due_cents)},
    )  # fmt: skip
    return True


def _back(cents: int) -> str:
    if not cents:
        return _("Vous n’avez rien à payer.")
    return _("%(back)s vous seront remboursés.") % {"back": words.money(cents)}


def _seated(held: InHand, rows: list[Registration], *, by: Actor, at: datetime) -> bool:
    """All of them have a seat and are validated, or none: counted under the lock of every other door (C24)."""
    seats = seats_of(rows)
    _reserve(held, rows, seats)
    if held.booking.erased_at or missing(rows, held.extras, seats) or not all_to_come(rows, at=at):
        return False
    held.move(rows, S.VALIDATED, seats, at=at)
    _record("candidate.seated", held, rows, by=by, at=at)
    tell_seated(held, rows, at=at)
    return True


def _reserve(held: InHand, rows: Collection[Registration], seats: Allotment) -> None:
    """What is free is first for those paid for before: set aside in the allotment at hand, and written nowhere."""
    for session_id in {row.session_id for row in rows}:
        for rate in ahead(held.booking, session_id):
            seats.take(session_id, [rate])


def _record(what: str, held: InHand, rows: Collection[Registration], *, by: Actor, at: datetime) -> None:
    detail: dict[str, object] = {"registrations": [row.pk for row in rows]}
    journal.record(what=what, about=held.booking.reference, by=by, at=at, detail=detail)


def _key(at: datetime) -> str:
    return f"{at:%Y%m%d%H%M%S}"
