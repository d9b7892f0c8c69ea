"""What a basket became: shown on the last page, as often as it is asked for."""

from dataclasses import dataclass
from datetime import datetime

from comptoir.base.given import given
from comptoir.base.prepared import Prepared
from comptoir.bookings.models import Booking
from comptoir.bookings.own import Own, own
from comptoir.organisations.actors import Actor
from comptoir.preregistrations.models import Request
from comptoir.preregistrations.queries.baskets import Contents, request_of
from comptoir.preregistrations.states import RequestState


@dataclass(frozen=True)
class Outcome:
    """A request, bookings, or both; `booked` hold seats, `waiting` have a rank."""

    request: Request | None
    booked: list[Own]
    waiting: list[Own]


_MADE: Prepared[Booking] = Prepared(
    lambda organisation, token: (
        Booking.objects.filter(given(token=token), organisation_id=organisation)
        .select_related("organisation")
        .order_by("part")
    )
)


def outcome(contents: Contents, *, seen_by: Actor, at: datetime) -> Outcome | None:
    """None while the basket is not confirmed, or its request's file not written yet."""
    if contents.confirmed_at is None:
        return None
    sent = request_of(contents.form_token, organisation_id=seen_by.organisation_id)
    if sent and sent.state == RequestState.RECORDED:
        return None
    mine = _MADE.all(organisation=seen_by.organisation_id, token=contents.form_token)
    made = [own(booking, at=at) for booking in mine]
    return Outcome(sent, [one for one in made if not one.is_waiting], [one for one in made if one.is_waiting])
