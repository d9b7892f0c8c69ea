"""What can be asked for now, at what price, and what stands in the way (A3, A6, C24)."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from comptoir.base import words
from comptoir.base.errors import Refusal
from comptoir.base.prepared import Prepared
from comptoir.bookings.counting import Counts
from comptoir.bookings.extras import AddOnCounts
from comptoir.bookings.seats import Allotment, Limits, SeatsLeft
from comptoir.catalogue.models import AddOn, SeatType, Session
from comptoir.catalogue.rules import Rules, rules_at_hand
from comptoir.catalogue.sale import obstacles, with_choices
from comptoir.catalogue.states import SessionKind, SessionState
from comptoir.preregistrations.models import BasketLine

type Extras = Sequence[tuple[int, int]]  # (add-on, how many) of one person


class SessionUnavailable(Refusal):
    """Unknown, not on sale, closed, not open yet, cancelled, or begun."""

    code = "session-unavailable"


class NotEnoughSeats(Refusal):
    """Fewer seats are left than people named."""

    code = "not-enough-seats"


class ExtraUnavailable(Refusal):
    """An add-on that is not on offer, of which too few are left, or too many asked for one participant."""

    code = "extra-unavailable"


class RateUnknown(Refusal):
    """The session has rates and none of them was chosen, or one that is not its own."""

    code = "rate-unknown"


@dataclass(frozen=True)
class Offer:
    """One session as it stands now: its rates and its seats left."""

    session: Session
    rates: dict[int, SeatType]
    add_ons: dict[int, AddOn]
    seats: SeatsLeft
    rules: Rules
    is_on_sale: bool

    @property
    def title(self) -> str:
        """The activity and its dates: how a sentence names it."""
        return f"{self.session.activity.title}, {words.span(self.session.starts_on, self.session.ends_on)}"

    def price_cents(self, seat_type_id: int | None) -> int:
        """Unit price without VAT, in cents, of one rate (or of the session when it has none)."""
        return self.rates[seat_type_id].price_cents if seat_type_id in self.rates else self.session.price_cents

    def rate_name(self, seat_type_id: int | None) -> str:
        """The rate's name, or nothing."""
        return self.rates[seat_type_id].name if seat_type_id in self.rates else ""


def offers(session_ids: Iterable[int], *, organisation_id: int, at: datetime) -> dict[int, Offer]:
    """The organisation's sessions among these, in four queries at most whatever their number."""
    found = _BY_ID.all(organisation=organisation_id, ids=set(session_ids))
    return _offers(((one, one) for one in found), at=at)


def offers_of(lines: Iterable[BasketLine], *, at: datetime) -> dict[int, Offer]:
    """Those of a basket, whose lines were read this instant with the sessions: three queries at most."""
    return _offers(((line.session, line) for line in lines), at=at)


def offers_called(references: Collection[str], *, organisation_id: int, at: datetime) -> dict[str, Offer]:
    """The same, by their references."""
    found = _CALLED.all(organisation=organisation_id, references=set(references))
    return {offer.session.reference: offer for offer in _offers(((one, one) for one in found), at=at).values()}


_BY_ID: Prepared[Session] = Prepared(
    lambda organisation, ids: _whole(Session.objects.filter(organisation_id=organisation, pk__in=ids))
)
_CALLED: Prepared[Session] = Prepared(
    lambda organisation, references: _whole(
        Session.objects.filter(organisation_id=organisation, reference__in=references)
    )
)
_RATES: Prepared[SeatType] = Prepared(
    lambda sessions: SeatType.objects.filter(session__in=sessions, is_active=True).order_by("rank", "pk")
)


def _whole(found: QuerySet[Session]) -> QuerySet[Session]:
    """With what they are sold by."""
    return with_choices(found.select_related("activity__rules", "organisation"), "pk")


def _offers(found: Iterable[tuple[Session, Session | BasketLine]], *, at: datetime) -> dict[int, Offer]:
    """Of each session, and the row that tells whether there are rates and add-ons to read."""
    each = [(one, vars(row)) for one, row in found]
    sessions = {one.pk: one for one, _told in each}
    rates: dict[int, dict[int, SeatType]] = {pk: {} for pk in sessions}
    for rate in _RATES.all(sessions={one.pk for one, told in each if told["has_rates"]}):
        rates[rate.session_id][rate.pk] = rate
    extras = AddOnCounts.read({one.pk for one, told in each if told["has_add_ons"]})
    limits = Limits.of(sessions.values(), [rate for each in rates.values() for rate in each.values()])
    left = Allotment(Counts.read(list(sessions)), limits, extras).left()
    return {
        pk: Offer(one, rates[pk], extras.on_offer(pk), left[pk], rules_at_hand(one.activity), not obstacles(one, at))
        for pk, one in sessions.items()
    }


def unavailable(offer: Offer, *, at: datetime) -> Refusal | None:
    """Why nobody can be put on this session now; None when it is on sale."""
    if offer.is_on_sale:
        return None
    session, title = offer.session, offer.title
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
    if refusal := unavailable(offer, at=at) or unknown_rate(offer, seat_type_ids) or too_few(offer, seat_type_ids):
        return [refusal]
    return []


def unknown_rate(offer: Offer, seat_type_ids: Sequence[int | None]) -> Refusal | None:
    """A rate is chosen for each person when there are some, and none when there are not."""
    if any((pk in offer.rates) != bool(offer.rates) for pk in seat_type_ids):
        return RateUnknown(_("%(session)s\u00a0: choisissez un tarif.") % {"session": offer.title})
    return None


def too_few(offer: Offer, seat_type_ids: Sequence[int | None]) -> Refusal | None:
    """The seats are there for all of them; what is free belongs to who waits for it first."""
    if offer.rules.is_direct and offer.seats.waiting:
        return NotEnoughSeats(_seats_sentence(offer.title, 0))
    wanted = Counter(seat_type_ids)
    lefts = [(offer.seats.left, len(seat_type_ids)), *((offer.seats.of(pk), count) for pk, count in wanted.items())]
    short = min((left for left, count in lefts if left is not None and left < count), default=None)
    return None if short is None else NotEnoughSeats(_seats_sentence(offer.title, short))


def extra_problems(offer: Offer, people: Sequence[Extras], *, is_counted: bool) -> list[Refusal]:
    """What stands in the way of the add-ons of these people; `is_counted`: they are taken now, if enough are left."""
    found: list[Refusal] = []
    for pk, most in ((pk, most) for extras in people for pk, most in extras):
        extra = offer.add_ons.get(pk)
        if extra is None:
            found.append(
                ExtraUnavailable(_("%(session)s\u00a0: un extra n’est plus proposé.") % {"session": offer.title})
            )
        elif not 0 < most <= extra.most:
            said = _("%(name)s\u00a0: %(most)d au plus par participant.")
            found.append(ExtraUnavailable(said % {"name": extra.name, "most": extra.most}))
    if found or not is_counted:
        return found[:1]
    return _run_out(offer, people)


def _run_out(offer: Offer, people: Sequence[Extras]) -> list[Refusal]:
    found: list[Refusal] = []
    wanted: Counter[int] = Counter()
    for extras in people:
        wanted.update(dict(extras))
    for pk, count in wanted.items():
        left = offer.seats.by_add_on.get(pk)
        if left is not None and left < count:
            said = (
                _("%(name)s\u00a0: il n’en reste plus.")
                if not left
                else _("%(name)s\u00a0: il n’en reste que %(left)d.")
            )
            found.append(ExtraUnavailable(said % {"name": offer.add_ons[pk].name, "left": left}))
    return found


def _seats_sentence(title: str, left: int) -> str:
    if left == 0:
        return _("%(session)s\u00a0: complet.") % {"session": title}
    if left == 1:
        return _("%(session)s\u00a0: il ne reste qu’une place.") % {"session": title}
    return _("%(session)s\u00a0: il ne reste que %(left)d places.") % {"session": title, "left": left}
