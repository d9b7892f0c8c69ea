"""The waiting list: what is free is offered to the first in line, whole groups together, for a time that is told."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy

from comptoir.base import words
from comptoir.base.errors import Refusal
from comptoir.base.outcome import Outcome
from comptoir.bookings import seats
from comptoir.bookings.commands.rows import InHand, in_own_hand, seats_of
from comptoir.bookings.commands.seating import missing
from comptoir.bookings.commands.telling import lines_of, tell
from comptoir.bookings.models import AddOnLine, Registration
from comptoir.bookings.queue import awaited, in_line
from comptoir.bookings.seats import Allotment
from comptoir.bookings.states import RegistrationState
from comptoir.catalogue.models import Session
from comptoir.catalogue.rules import rules_of
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor, system

S = RegistrationState


def offer_freed(*, at: datetime, limit: int = 100) -> Outcome[str]:
    """Each session with people waiting and room for a booking of them has offered it, in order (a round).

    A group too large for what is free is passed over, and keeps its place. Answers the references offered.
    """
    outcome: Outcome[str] = Outcome()
    for session in awaited(at=at)[:limit]:
        by = system(session.organisation_id)
        for pk, reference in in_line(session.pk):
            if not _has_room(session.pk):
                break
            try:
                if _offer(pk, session, by=by, at=at):
                    outcome.done.append(reference)
            except Refusal as refusal:
                outcome.skip(reference, refusal)
    return outcome


def _has_room(session_id: int) -> bool:
    return seats.left([session_id])[session_id].left != 0


@transaction.atomic
def _offer(booking_id: int, session: Session, *, by: Actor, at: datetime) -> bool:
    held = in_own_hand(booking_id, by=by)
    rows = held.in_state(S.WAITING)
    allotment = seats_of(rows)
    if not rows or missing(rows, (), allotment):
        return False
    gone = _without_what_is_gone(held, rows, allotment)
    booking = held.booking
    rules = rules_of([session.activity_id])[session.activity_id]
    booking.offered_at = at
    booking.held_until = min(at + timedelta(hours=rules.offer_hours), session.begins_at)
    booking.save(update_fields=["offered_at", "held_until"])
    held.move(rows, S.PENDING, allotment, at=at)
    detail: dict[str, object] = {"registrations": [row.pk for row in rows], "add_ons_gone": gone}
    journal.record(what="booking.offered", about=booking.reference, by=by, at=at, detail=detail)
    until = booking.held_until
    tell(
        booking, "waiting-offer", key=f"{at:%Y%m%d%H%M%S}", button=gettext_lazy("Répondre à la proposition"), at=at,
        context=lambda: {"lines": lines_of(rows), "moment": words.moment(until)},
    )  # fmt: skip
    return True


def _without_what_is_gone(held: InHand, rows: Sequence[Registration], seats: Allotment) -> list[int]:
    """A seat is not lost for a meal: add-ons that ran out meanwhile are taken off. Answers which."""
    wanted: dict[int, list[AddOnLine]] = {}
    for line in (line for row in rows for line in held.lines_of(row)):
        wanted.setdefault(line.add_on_id, []).append(line)
    session_id = rows[0].session_id
    gone = [pk for pk, lines in wanted.items() if seats.extras.short(session_id, {pk: sum(x.quantity for x in lines)})]
    AddOnLine.objects.filter(registration__in=rows, add_on__in=gone).delete()
    held.extras = [pair for pair in held.extras if pair[1].add_on_id not in gone]
    return gone


def taken_up(held: InHand, *, by: Actor, at: datetime) -> None:
    """The offer is accepted and nothing is to be paid: its people are validated. In the caller's transaction."""
    rows: Sequence[Registration] = held.in_state(S.PENDING)
    held.move(rows, S.VALIDATED, seats_of(rows), at=at)
    detail: dict[str, object] = {"registrations": [row.pk for row in rows]}
    journal.record(what="booking.offer-accepted", about=held.booking.reference, by=by, at=at, detail=detail)
