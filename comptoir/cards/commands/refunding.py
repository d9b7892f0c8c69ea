"""Pay back by card: asked of the provider once, written in the ledger when it is done (C21, C23)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Refusal
from comptoir.base.outcome import Outcome
from comptoir.bookings.commands.rows import in_hand, in_own_hand
from comptoir.cards.models import CardRefund
from comptoir.cards.providers.choosing import provider_of
from comptoir.cards.providers.seam import ProviderDown, ProviderRefuses
from comptoir.cards.queries import refundable, refunds_waiting
from comptoir.cards.states import RefundState
from comptoir.catalogue.states import PayMethod
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor
from comptoir.payments.commands.recording import NothingDue, record_paid_back

AGAIN = timedelta(minutes=2)


class RefundRefused(Refusal):
    """The provider will not pay back: the desk does it another way."""

    code = "card-refund-refused"


@transaction.atomic
def refund_by_card(*, booking_id: int, by: Actor, at: datetime) -> int:
    """What is to be paid back, and was paid by card, is being paid back to the cards it came from; how many cents.

    Asked while one is under way, or twice, nothing is paid twice. Refuses: Missing, OutsidePerimeter, NothingDue.
    """
    held = in_hand(booking_id, by=by)
    held.require_own(held.rows)
    left = held.booking.refund_due_cents - refunds_waiting(booking_id)
    asked = []
    for card, most in refundable(booking_id):
        if cents := min(left, most):
            asked.append(
                CardRefund(
                    payment=card, amount_cents=cents, asked_at=at, send_at=at, by_user_id=by.user_id, by_name=by.name
                )
            )
            left -= cents
    if left < 0 or not asked:
        raise NothingDue(_("Rien n’est à rembourser par carte, ou le remboursement est déjà en cours."))
    CardRefund.objects.bulk_create(asked)
    total = sum(one.amount_cents for one in asked)
    detail: dict[str, object] = {"cents": total, "method": PayMethod.CARD.value}
    journal.record(what="card.refund-asked", about=held.booking.reference, by=by, at=at, detail=detail)
    return total


def send_due(*, at: datetime, limit: int = 20) -> Outcome[int]:
    """Each refund asked was sent to its provider, and written in the ledger once done (a round)."""
    outcome: Outcome[int] = Outcome()
    due = CardRefund.objects.filter(send_at__lte=at).order_by("send_at", "pk").select_related("payment")
    for refund in list(due[:limit]):
        card = refund.payment
        try:
            provider = provider_of(card.organisation_id, card.provider)
            provider.refund(card.charge, amount_cents=refund.amount_cents, key=f"{card.key}:{refund.pk}")
        except ProviderDown as down:
            CardRefund.objects.filter(pk=refund.pk, state=RefundState.WAITING).update(send_at=at + AGAIN)
            outcome.skip(str(refund.pk), down)
        except ProviderRefuses as refusal:
            _ended(refund, RefundState.REFUSED, at=at, reason=refusal.sentence)
            outcome.skip(str(refund.pk), RefundRefused(refusal.sentence))
        else:
            _ended(refund, RefundState.DONE, at=at)
            outcome.done.append(refund.pk)
    return outcome


@transaction.atomic
def _ended(refund: CardRefund, state: RefundState, *, at: datetime, reason: str = "") -> None:
    card = refund.payment
    by = Actor(card.organisation_id, refund.by_name, refund.by_user_id)
    held = in_own_hand(card.booking_id, by=by)
    mine = CardRefund.objects.filter(pk=refund.pk, state=RefundState.WAITING)
    if not mine.update(state=state, send_at=None, reason=reason[:300]):
        return  # another round did it meanwhile
    if state == RefundState.DONE:
        key, cents = f"card-refund:{refund.pk}", refund.amount_cents
        record_paid_back(held, key=key, method=PayMethod.CARD, amount_cents=cents, by=by, at=at)
    else:
        detail: dict[str, object] = {"cents": refund.amount_cents}
        journal.record(what="card.refund-refused", about=held.booking.reference, by=by, at=at, detail=detail)
