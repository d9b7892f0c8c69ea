"""Mark who is there, and take it back (C17): each person once a sitting, whoever and however many press."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.attendance.models import Presence
from comptoir.attendance.rules import HoldsNoSeat, check_may_mark
from comptoir.attendance.sittings import planned
from comptoir.base.errors import Missing
from comptoir.base.outcome import Outcome
from comptoir.bookings.models import Registration
from comptoir.bookings.perimeter import NoSuchBooking
from comptoir.bookings.queries import registrations
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor


@transaction.atomic
def mark_present(*, registration_id: int, starts_at: datetime, by: Actor, at: datetime) -> bool:
    """This person was there at the sitting that begins then; answers whether it is news. The first mark stays.

    Refuses: Missing, HoldsNoSeat, SessionCancelled, NoSuchSitting, NotThatDay.
    """
    row = _locked(registration_id, by=by)
    check_may_mark(row, planned(row.session), starts_at, at=at)
    if Presence.objects.filter(registration=row, starts_at=starts_at).exists():
        return False
    Presence.objects.create(registration=row, starts_at=starts_at, marked_at=at, by_user_id=by.user_id, by_name=by.name)
    _record("attendance.marked", row, starts_at, by=by, at=at)
    return True


@transaction.atomic
def mark_absent(*, registration_id: int, starts_at: datetime, by: Actor, at: datetime) -> bool:
    """Nothing says any more that this person was there; answers whether something did. Refuses: Missing."""
    row = _locked(registration_id, by=by)
    gone, _rows = Presence.objects.filter(registration=row, starts_at=starts_at).delete()
    if gone:
        _record("attendance.unmarked", row, starts_at, by=by, at=at)
    return bool(gone)


def mark_all_present(*, booking_id: int, session_id: int, starts_at: datetime, by: Actor, at: datetime) -> Outcome[int]:
    """Everybody of the booking who holds a seat in this session was there, each in a transaction of their own.

    Answers those that were news, and those skipped for having no seat. Refuses: Missing when nobody of the booking is
    on that session, SessionCancelled, NoSuchSitting, NotThatDay.
    """
    mine = registrations(seen_by=by).filter(booking=booking_id, session=session_id)
    rows = list(mine.order_by("position"))
    if not rows:
        raise NoSuchBooking
    outcome: Outcome[int] = Outcome()
    for row in rows:
        try:
            is_new = mark_present(registration_id=row.pk, starts_at=starts_at, by=by, at=at)
        except HoldsNoSeat as refusal:
            outcome.skip(str(row), refusal)
        else:
            outcome.done += [row.pk] * is_new
    return outcome


def _locked(registration_id: int, *, by: Actor) -> Registration:
    """In the perimeter, alone until the transaction ends: nobody else marks or cancels it meanwhile."""
    rows = registrations(seen_by=by).select_for_update(of=("self",), no_key=True)
    row = rows.filter(pk=registration_id).first()
    if row is None:
        raise Missing(_("Cette inscription n’existe pas."))
    return row


def _record(what: str, row: Registration, starts_at: datetime, *, by: Actor, at: datetime) -> None:
    detail: dict[str, object] = {"registrations": [row.pk], "sitting": starts_at.isoformat()}
    journal.record(what=what, about=row.booking.reference, by=by, at=at, detail=detail)
