"""Send the confirmation of a booking, with the secret link of its page, for one or for many."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Refusal
from comptoir.base.outcome import Outcome
from comptoir.bookings.commands.rows import in_hand, on_each
from comptoir.bookings.commands.telling import lines_of, tell_recorded
from comptoir.bookings.states import SEATED, RegistrationState
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor


class NobodyToWriteTo(Refusal):
    """The booking's contact left no address, or nobody in it holds a seat or hopes for one."""

    code = "nobody-to-write-to"


@transaction.atomic
def send_confirmation(*, booking_id: int, by: Actor, at: datetime) -> None:
    """The contact is sent who is registered for what, or hopes for a seat, and the link; twice within a minute is once.

    Refuses: Missing, OutsidePerimeter, NobodyToWriteTo.
    """
    held = in_hand(booking_id, by=by)
    held.require_own(held.rows)
    candidates = held.in_state(RegistrationState.CANDIDATE)
    booking, rows = held.booking, candidates or held.in_state(*SEATED)
    if not booking.contact_email:
        raise NobodyToWriteTo(_("Le contact n’a pas laissé de courriel."))
    if not rows:
        raise NobodyToWriteTo(_("Cette réservation est annulée."))
    tell_recorded(booking, lambda: lines_of(rows), is_candidate=bool(candidates), key=f"{at:%Y%m%d%H%M}", at=at)
    journal.record(what="booking.confirmation-sent", about=booking.reference, by=by, at=at)


def send_many(*, booking_ids: Collection[int], by: Actor, at: datetime) -> Outcome[str]:
    """Each contact is sent its confirmation; those that refuse are skipped with their reason."""
    return on_each(booking_ids, lambda pk: send_confirmation(booking_id=pk, by=by, at=at), by=by)
