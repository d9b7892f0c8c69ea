"""What the provider says is taken once, whatever way it comes, however often, however late (C23, T31)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Missing, Refusal
from comptoir.base.given import given
from comptoir.base.outcome import Outcome
from comptoir.bookings.commands.rows import in_own_hand
from comptoir.cards.models import CardPayment
from comptoir.cards.providers.choosing import provider_of
from comptoir.cards.providers.seam import Answer
from comptoir.cards.states import CardState, can_move
from comptoir.catalogue.states import PayMethod
from comptoir.organisations.actors import Actor, system
from comptoir.payments.commands.recording import record_received

LOOK_AGAIN = timedelta(minutes=1)
LOOK_BETWEEN = timedelta(seconds=3)  # a page that asks every moment does not ask the provider every moment
GIVE_UP = timedelta(days=3)
ENDED = (CardState.ABANDONED, CardState.PAID)  # a page declined may still be paid on


@transaction.atomic
def take(answer: Answer, *, provider: str, by: Actor, at: datetime) -> bool:
    """The payment is what this answer says, its money in the ledger; False when that changed nothing.

    Declined or abandoned, it may still turn out to be paid; paid, nothing changes it any more. An answer about a page
    that is not ours is left alone.
    """
    mine = CardPayment.objects.filter(given(ref=answer.ref), organisation_id=by.organisation_id, provider=provider)
    booking_id = mine.values_list("booking_id", flat=True).first()
    if booking_id is None:
        return False
    held = in_own_hand(booking_id, by=by)
    card = mine.select_for_update().get()
    if not can_move(card.state, answer.state):
        return False
    card.state, card.settled_at = answer.state, at
    card.look_at = None if answer.state == CardState.PAID else at + LOOK_AGAIN
    card.charge = answer.charge
    card.save(update_fields=["state", "settled_at", "look_at", "charge"])
    if card.state == CardState.PAID:
        key = f"card:{card.pk}"
        record_received(held, key=key, method=PayMethod.CARD, amount_cents=answer.amount_cents, by=by, at=at)
    return True


def hear(*, provider: str, body: bytes, headers: Mapping[str, str], organisation_id: int, at: datetime) -> int:
    """A call of the provider is taken; how many payments it changed. Refuses: NotSigned, ProviderDown."""
    by = system(organisation_id)
    said = provider_of(organisation_id, provider).heard(body, headers)
    return sum(take(answer, provider=provider, by=by, at=at) for answer in said)


def check(*, key: str, by: Actor, at: datetime) -> None:
    """The provider was asked about this payment, unless it was a moment ago. Refuses: Missing, ProviderDown."""
    card = CardPayment.objects.filter(organisation_id=by.organisation_id, key=key).first()
    if card is None:
        raise Missing(_("Ce paiement n’existe pas."))
    if card.state == CardState.OPEN and card.ref and _claimed(card, at=at):
        _look(card, at=at)


def look_due(*, at: datetime, limit: int = 50) -> Outcome[str]:
    """Each payment whose provider has not said its last word was asked about (a round): no call of theirs is needed.

    A page whose time is over, or whose booking is no longer to be paid, is closed there.
    """
    outcome: Outcome[str] = Outcome()
    due = CardPayment.objects.filter(look_at__lte=at).order_by("look_at").select_related("booking")
    for card in list(due[:limit]):
        card.look_at = at + LOOK_AGAIN
        CardPayment.objects.filter(pk=card.pk, look_at__isnull=False).update(look_at=card.look_at)
        try:
            _followed(card, at=at)
        except Refusal as refusal:
            outcome.skip(card.booking.reference, refusal)
        else:
            outcome.done.append(card.booking.reference)
    return outcome


def _followed(card: CardPayment, *, at: datetime) -> None:
    if not card.ref:
        if card.started_at + LOOK_AGAIN <= at:  # its page was never opened: nobody can have paid
            _let_go(card, at=at)
        return
    if _look(card, at=at):
        return
    if card.state != CardState.OPEN or card.expires_at <= at or not _is_payable(card):
        provider_of(card.organisation_id, card.provider).close(card.ref)
        if card.expires_at + GIVE_UP < at:
            CardPayment.objects.filter(pk=card.pk).update(look_at=None)


def _look(card: CardPayment, *, at: datetime) -> bool:
    """The provider was asked; whether it said its last word."""
    answer = provider_of(card.organisation_id, card.provider).look(card.ref, at=at)
    if answer.state == CardState.OPEN:
        return False
    if not take(answer, provider=card.provider, by=system(card.organisation_id), at=at) or answer.state in ENDED:
        CardPayment.objects.filter(pk=card.pk).update(look_at=None)
    return True


def _claimed(card: CardPayment, *, at: datetime) -> bool:
    """Whether nobody asked in the last seconds; from now on, we did."""
    free = CardPayment.objects.filter(pk=card.pk, look_at__lt=at + LOOK_AGAIN - LOOK_BETWEEN)
    return bool(free.update(look_at=at + LOOK_AGAIN))


@transaction.atomic
def _let_go(card: CardPayment, *, at: datetime) -> None:
    unopened = CardPayment.objects.filter(pk=card.pk, ref="")
    unopened.filter(state=CardState.OPEN).update(state=CardState.ABANDONED, settled_at=at)
    unopened.update(look_at=None)


def _is_payable(card: CardPayment) -> bool:
    return card.booking.due_cents >= card.amount_cents and card.booking.erased_at is None
