"""A booking in the hand of its registrant, by the secret link, with what its activities let them do (C11)."""

from datetime import datetime

from comptoir.base.errors import Forbidden
from comptoir.bookings.commands.rows import InHand, in_own_hand
from comptoir.bookings.links import opened_by
from comptoir.bookings.own import Own, judged
from comptoir.bookings.perimeter import NoSuchBooking
from comptoir.catalogue.models import Session
from comptoir.organisations.actors import Actor


class TooLate(Forbidden):
    """The activity does not let a registrant do this, or not any more."""

    code = "not-allowed-to-registrants"


def opened(reference: str, link: str, *, by: Actor, at: datetime) -> tuple[InHand, Own]:
    """The booking this link opens, locked, and what may be done. Refuses: Missing."""
    booking = opened_by(reference, link, organisation_id=by.organisation_id)
    if booking is None:
        raise NoSuchBooking
    held = in_own_hand(booking.pk, by=by)
    sessions = Session.objects.select_related("activity__rules").in_bulk({row.session_id for row in held.rows})
    for row in held.rows:
        row.session = sessions[row.session_id]
    return held, judged(held.booking, held.rows, held.extras, at=at)
