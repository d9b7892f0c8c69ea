"""Direct bookings: seats taken at once, or a rank on the waiting list; from the basket or the API, by one door."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.base.errors import Invalid, Refusal
from comptoir.base.given import given
from comptoir.base.speaking import spoken
from comptoir.bookings.commands.registering import NewBooking, Person, Sent, Taking, register_sent
from comptoir.bookings.commands.telling import listed, tell, tell_recorded
from comptoir.bookings.models import Booking, Payer
from comptoir.bookings.queue import position
from comptoir.bookings.seats import Limits
from comptoir.bookings.states import SEATED, RegistrationState, SeatOrder
from comptoir.catalogue.models import Session
from comptoir.catalogue.rules import deposit_cents, held_until, methods_of
from comptoir.checkout.accepting import AtHand, accepted_terms, checked_offers, own_client
from comptoir.checkout.fates import Fate
from comptoir.checkout.offers import Offer
from comptoir.checkout.pricing import total_of
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor
from comptoir.preregistrations.commands.requests import TokenReused
from comptoir.preregistrations.submission import Participant, Submission, check


class NotDirect(Refusal):
    """Sign-ups to this session are requests, not bookings."""

    code = "not-direct"


@dataclass(frozen=True)
class Order:
    """One direct booking to be made: `token` and `part` make it unique, `method` is by what it will be paid."""

    submission: Submission
    token: str
    part: int = 0
    fate: Fate = Fate.BOOK
    method: str = ""
    client_id: int | None = None
    is_course: bool = False  # it comes by the door of the public courses, which looked for an earlier sign-up
    seat_order: SeatOrder = SeatOrder.ARRIVAL  # how the seats of that course are given
    at_hand: AtHand | None = None  # what the caller has read already

    def digest(self) -> str:
        """SHA-256 of all that was sent: the same token with another is another booking, and refused (T21)."""
        told = f"{self.submission.digest()}:{self.fate.value}:{self.method}"
        return hashlib.sha256(told.encode()).hexdigest()


@dataclass(frozen=True)
class Booked:
    """What the door answers; `created` is False when the same had been sent before."""

    booking: Booking
    created: bool


def book(order: Order, *, by: Actor, at: datetime) -> Booked:
    """The booking exists, its seats taken (or its people on the list), its contact written to.

    Free, it is validated; else its seats are kept until a date that is told. The same order again is the same booking.
    Refuses: Several or StaleBasket (people, sessions, seats, add-ons), Invalid on `method`, TermsNotAccepted,
    TokenReused, NoSeatLeft (the last ones went meanwhile), NotDirect.
    """
    try:
        with transaction.atomic():
            return Booked(place(order, by=by, at=at), created=True)
    except (IntegrityError, Refusal):  # hardly ever the same order again: it is looked for only then
        if found := known(order, by=by):
            return Booked(found, created=False)
        raise


def place(order: Order, *, by: Actor, at: datetime) -> Booking:
    """The same in the caller's transaction, the order being known as new. Refuses as `book`."""
    submission = check(order.submission)
    offers, sent, state = ready(order, submission, by=by, at=at)
    people = [_person(one, offers[one.session]) for one in submission.participants]
    contact = submission.requester
    wanted = NewBooking(
        "", own_client(order.client_id, by=by), f"{contact.first_name} {contact.last_name}", contact.email,
        contact.phone, people, seat_order=sent.seat_order, language=spoken(),
    )  # fmt: skip
    waits, named = order.fate == Fate.WAIT, [(offers[one.session].session, one) for one in submission.participants]

    def write_about(booking: Booking) -> None:
        booking.organisation = named[0][0].organisation
        what = "booking.waits" if waits else "booking.made"
        journal.record(what=what, about=booking.reference, by=by, at=at, detail={"people": len(people)})
        if not waits:
            _say_so(booking, order, named, is_candidate=state == RegistrationState.CANDIDATE, at=at)

    limits = _limits(offers.values())
    booking = register_sent(wanted, sent, limits=limits, state=state, by=by, at=at, write_about=write_about)
    if waits:  # its rank is known once it is counted
        _say_so(booking, order, named, at=at)
    return booking


def ready(
    order: Order, submission: Submission, *, by: Actor, at: datetime
) -> tuple[dict[str, Offer], Sent, RegistrationState]:
    """Everything an order is refused for is looked at, and nothing written: its offers, and how it would stand."""
    offers = checked_offers(submission, order.fate, by=by, at=at, is_course=order.is_course, known=order.at_hand)
    if not all(offer.rules.is_direct for offer in offers.values()):
        raise NotDirect(_("Les inscriptions à cette session passent par une demande, pas par une réservation."))
    terms_id = accepted_terms(submission, by=by, known=order.at_hand)
    return offers, *_sent(order, submission, offers, terms_id, at=at)


def known(order: Order, *, by: Actor) -> Booking | None:
    """The booking that the same form made. Refuses: TokenReused, when it was sent with something else."""
    mine = Booking.objects.filter(given(token=order.token), organisation_id=by.organisation_id, part=order.part)
    found = mine.first()
    if found and found.digest != order.digest():
        raise TokenReused(_("Cette réservation a déjà été envoyée avec un autre contenu."))
    return found


def _sent(
    order: Order, submission: Submission, offers: dict[str, Offer], terms_id: int | None, *, at: datetime
) -> tuple[Sent, RegistrationState]:
    asked = submission.requester
    names = ("kind", "legal_name", "siret", "client_number", "address", "postcode", "city", "message")
    payer = Payer(**{name: getattr(asked, name) for name in names})
    plain = Sent(order.token, order.part, order.digest(), payer, terms_id=terms_id)
    if order.fate == Fate.WAIT:
        return plain, RegistrationState.WAITING
    cost = total_of((offers[one.session], one.seat_type, one.extras) for one in submission.participants)
    seat_order = order.seat_order.of(cost.gross_cents)
    state = RegistrationState.PENDING if seat_order == SeatOrder.ARRIVAL else RegistrationState.CANDIDATE
    plain = replace(plain, seat_order=seat_order)
    if not cost.gross_cents:
        return plain, state if order.is_course else RegistrationState.VALIDATED
    rules = {offer.session.activity_id: offer.rules for offer in offers.values()}.values()
    if order.method not in methods_of(rules):
        raise Invalid(_("Choisissez par quel moyen vous payez."), field="method")
    sessions = (offer.session for offer in offers.values())
    kept = held_until(rules, sessions, since=at, method=order.method) if state in SEATED else None
    deposit = deposit_cents(rules, cost.gross_cents)
    return replace(plain, method=order.method, held_until=kept, deposit_cents=deposit), state


def _limits(offers: Collection[Offer]) -> Limits:
    return Limits.of((offer.session for offer in offers), (rate for offer in offers for rate in offer.rates.values()))


def _person(one: Participant, offer: Offer) -> Person:
    takings = [Taking(pk, count, offer.add_ons[pk].price_cents) for pk, count in one.extras]
    return Person(
        offer.session.pk, one.seat_type, one.first_name, one.last_name, one.email, offer.price_cents(one.seat_type),
        offer.session.vat_bp, takings,
    )  # fmt: skip


def _say_so(
    booking: Booking, order: Order, people: Sequence[tuple[Session, Participant]], *, is_candidate: bool = False,
    at: datetime,
) -> None:  # fmt: skip
    def lines() -> str:
        return listed((session, f"{one.first_name} {one.last_name}") for session, one in people)

    if order.fate == Fate.WAIT:
        tell(
            booking, "waiting-joined", key="joined", button=gettext_lazy("Voir ma place sur la liste"), at=at,
            context=lambda: {"lines": lines(), "rank": str(position(booking, people[0][0].pk))},
        )  # fmt: skip
    else:
        tell_recorded(booking, lines, is_candidate=is_candidate, key="made", at=at)
