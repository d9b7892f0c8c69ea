"""Read the payments by card of a booking, and of whoever comes back from paying."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from comptoir.base.errors import Missing
from comptoir.bookings.links import address_of
from comptoir.bookings.models import Booking
from comptoir.cards.models import CardAccount, CardPayment, CardRefund
from comptoir.cards.states import CardState, RefundState
from comptoir.organisations import queries as organisations
from comptoir.organisations.actors import Actor

OPENS_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Account:
    """What the settings show: the provider ('' when closed), and whether its keys are there, never the keys."""

    provider: str
    has_key: bool
    has_webhook_secret: bool


@dataclass(frozen=True)
class Return:
    """What who comes back from paying is shown. `booking_url` is empty after a day: the mail has the link."""

    card: CardPayment
    booking_url: str


def account(*, seen_by: Actor) -> Account:
    """The account that takes the organisation's cards."""
    kept = CardAccount.objects.filter(organisation_id=seen_by.organisation_id).first()
    provider = organisations.organisation(seen_by.organisation_id).card_provider
    return Account(provider, bool(kept and kept.secret_key), bool(kept and kept.webhook_secret))


def back(key: str, *, organisation_id: int, at: datetime) -> Return:
    """The payment one comes back from. Refuses: Missing."""
    found = CardPayment.objects.filter(organisation_id=organisation_id, key=key)
    card = found.select_related("booking__organisation").first()
    if card is None:
        raise Missing(_("Ce paiement n’existe pas."))
    return Return(card, address_of(card.booking) if at - card.started_at < OPENS_FOR else "")


def of_booking(booking_id: int) -> QuerySet[CardPayment]:
    """The tries to pay a booking by card, oldest first, with their refunds; two queries."""
    return CardPayment.objects.filter(booking=booking_id).prefetch_related("refunds").order_by("pk")


def refundable(booking_id: int) -> list[tuple[CardPayment, int]]:
    """The card payments of a booking, latest first, with what may still be paid back of each; refused ones left out.

    What a provider refused to pay back once is not asked again: the desk pays it back another way.
    """
    found = []
    for card in reversed(of_booking(booking_id).filter(state=CardState.PAID)):
        refunds = list(card.refunds.all())
        left = card.amount_cents - sum(one.amount_cents for one in refunds)
        if card.charge and left > 0:
            found.append((card, left))
    return found


def refundable_cents(booking: Booking) -> int:
    """How much of what is to be paid back may go to its cards, beside what is already under way."""
    left = booking.refund_due_cents - refunds_waiting(booking.pk)
    return max(0, min(left, sum(cents for _card, cents in refundable(booking.pk)))) if left > 0 else 0


def refunds_waiting(booking_id: int) -> int:
    """How many cents are under way to the cards of a booking."""
    under_way = CardRefund.objects.filter(payment__booking=booking_id, state=RefundState.WAITING)
    return under_way.aggregate(n=Sum("amount_cents"))["n"] or 0
