"""What becomes of a session asked for: a request that staff integrate, a booking at once, or a rank on its list."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum

from comptoir.checkout.offers import Offer, too_few, unavailable, unknown_rate


class Fate(Enum):
    """Where the people of a session go when the form is confirmed."""

    REQUEST = "request"
    BOOK = "book"
    WAIT = "wait"


def fate_of(offer: Offer, seat_type_ids: Sequence[int | None], *, at: datetime) -> Fate:
    """Everybody for one session shares its fate: a group is seated together, or waits together."""
    if not offer.rules.is_direct:
        return Fate.REQUEST
    can_wait = offer.rules.has_waiting_list and not unavailable(offer, at=at) and not unknown_rate(offer, seat_type_ids)
    return Fate.WAIT if can_wait and too_few(offer, seat_type_ids) else Fate.BOOK
