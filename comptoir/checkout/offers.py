"""What can be asked for now, at what price, and what stands in the way (A3, A6, C24)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from comptoir.base import words
from comptoir.base.errors import Refusal
from comptoir.bookings import queries as bookings
from comptoir.bookings.seats import SeatsLeft
from comptoir.catalogue.models import SeatType, Session
from comptoir.catalogue.sale import on_sale
from comptoir.catalogue.states import SessionKind, SessionState


class SessionUnavailable(Refusal):
    """Unknown, not on sale, closed, not open yet, cancelled, or begun."""

    code = "session-unavailable"


class NotEnoughSeats(Refusal):
    """Fewer seats are left than people named."""

    code = "not-enough-seats"


class RateUnknown(Refusal):
    """The session has rates and none of them was chosen, or one that is not its own."""

    code = "rate-unknown"


@dataclass(frozen=True)
class Offer:
    """One session as it stands now: its rates and its seats left."""

    session: Session
    rates: dict[int, SeatType]
    seats: SeatsLeft
    is_on_sale: bool

    def price_cents(self, seat_type_id: int | None) -> int:
        """Unit price without VAT, in cents, of one rate (or of the session when it has none)."""
        return self.rates[seat_type_id].price_cents if seat_type_id in self.rates else self.session.price_cents

    def rate_name(self, seat_type_id: int | None) -> str:
        """The rate's name, or nothing."""
        return self.rates[seat_type_id].name if seat_type_id in self.rates else ""


def offers(session_ids: Iterable[int], *, organisation_id: int, at: datetime) -> dict[int, Offer]:
    """The organisation's sessions among these, in six queries whatever their number."""
    found = Session.objects.filter(organisation_id=organisation_id, pk__in=set(session_ids)).select_related("activity")
    sessions = {session.pk: session for session in found}
    rates: dict[int, dict[int, SeatType]] = {}
    for rate in SeatType.objects.filter(session__in=sessions, is_active=True).order_by("rank", "pk"):
        rates.setdefault(rate.session_id, {})[rate.pk] = rate
    left = bookings.seats_left(list(sessions))
    open_ids = set(on_sale(organisation_id=organisation_id, at=at).filter(pk__in=sessions).values_list("pk", flat=True))
    return {pk: Offer(session, rates.get(pk, {}), left[pk], pk in open_ids) for pk, session in sessions.items()}


def unavailable(offer: Offer, *, at: datetime) -> Refusal | None:
    """Why nobody can be put on this session now; None when it is on sale."""
    if offer.is_on_sale:
        return None
    session = offer.session
    title = f"{session.activity.title}, {words.span(session.starts_on, session.ends_on)}"
    on_counter = session.kind == SessionKind.INTER and session.is_published and session.activity.is_published
    if not on_counter or session.state == SessionState.DRAFT:
        return SessionUnavailable(_("%(session)s\u00a0: cette session n’est plus proposée.") % {"session": title})
    if session.state == SessionState.CANCELLED:
        return SessionUnavailable(_("%(session)s\u00a0: cette session est annulée.") % {"session": title})
    if session.opens_at and at < session.opens_at:
        when = words.moment(session.opens_at)
        return SessionUnavailable(
            _("%(session)s\u00a0: les inscriptions ouvrent %(when)s.") % {"session": title, "when": when}
        )
    return SessionUnavailable(_("%(session)s\u00a0: les inscriptions sont closes.") % {"session": title})


def problems(offer: Offer, seat_type_ids: Sequence[int | None], *, at: datetime) -> list[Refusal]:
    """What stands in the way of these people (one rate each) on this session; empty when nothing does."""
    if refusal := unavailable(offer, at=at):
        return [refusal]
    title = f"{offer.session.activity.title}, {words.span(offer.session.starts_on, offer.session.ends_on)}"
    if any((pk in offer.rates) != bool(offer.rates) for pk in seat_type_ids):
        return [RateUnknown(_("%(session)s\u00a0: choisissez un tarif.") % {"session": title})]
    wanted = Counter(seat_type_ids)
    lefts = [(offer.seats.left, len(seat_type_ids)), *((offer.seats.of(pk), count) for pk, count in wanted.items())]
    short = min((left for left, count in lefts if left is not None and left < count), default=None)
    if short is None:
        return []
    return [NotEnoughSeats(_seats_sentence(title, short))]


def _seats_sentence(title: str, left: int) -> str:
    if left == 0:
        return _("%(session)s\u00a0: complet.") % {"session": title}
    if left == 1:
        return _("%(session)s\u00a0: il ne reste qu’une place.") % {"session": title}
    return _("%(session)s\u00a0: il ne reste que %(left)d places.") % {"session": title, "left": left}
