"""The simulated provider: takes no money, and does whatever a real one may do to us. For demos and tests only."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Missing
from comptoir.cards.models import SimulatedCard
from comptoir.cards.providers.seam import Answer, Asked, NotSigned, Opened, ProviderRefuses
from comptoir.cards.states import CardState

LATE = timedelta(minutes=2)


class Simulated:
    """Its page is one of ours; `address` gives it."""

    def __init__(self, *, address: str) -> None:
        self._address = address

    def open(self, asked: Asked) -> Opened:
        """The page named after the key: the same key is the same page."""
        told = {"amount_cents": asked.amount_cents, "title": asked.title[:200], "back_url": asked.back_url}
        SimulatedCard.objects.get_or_create(ref=asked.key, defaults=told)
        return Opened(asked.key, f"{self._address}{asked.key}/")

    def look(self, ref: str, *, at: datetime) -> Answer:
        """Its state, unless it keeps it to itself for now."""
        return _answer(_card(ref), at=at)

    def close(self, ref: str) -> None:
        """Open no more."""
        SimulatedCard.objects.filter(ref=ref, state=CardState.OPEN).update(state=CardState.ABANDONED)

    @transaction.atomic
    def refund(self, charge: str, *, amount_cents: int, key: str) -> None:
        """Noted, once for each key; never more than was paid."""
        card = SimulatedCard.objects.select_for_update().get(ref=charge)
        if key in card.refund_keys:
            return
        if card.refunded_cents + amount_cents > card.amount_cents:
            raise ProviderRefuses(_("Plus que ce qui a été payé."))
        card.refunded_cents += amount_cents
        card.refund_keys.append(key)
        card.save(update_fields=["refunded_cents", "refund_keys"])

    def heard(self, body: bytes, headers: Mapping[str, str]) -> list[Answer]:  # noqa: ARG002  # the seam's
        """It calls nobody: its page speaks to us directly."""
        raise NotSigned(_("Le prestataire simulé n’appelle personne."))


def page(ref: str) -> SimulatedCard:
    """What its page shows. Refuses: Missing."""
    return _card(ref)


@transaction.atomic
def press(ref: str, what: CardState, *, is_late: bool, at: datetime) -> Answer:
    """The person pressed a button of its page: paid, declined or abandoned, for good; what it tells us then.

    Declined, the page stays open to another card, as it does at real providers, until one of the others is pressed.
    """
    card = _card(ref, is_locked=True)
    if card.state in (CardState.OPEN, CardState.DECLINED):
        card.state = what
        card.answers_at = at + LATE if is_late else None
        card.save(update_fields=["state", "answers_at"])
    return _answer(card, at=at)


def _card(ref: str, *, is_locked: bool = False) -> SimulatedCard:
    rows = SimulatedCard.objects.select_for_update() if is_locked else SimulatedCard.objects.all()
    card = rows.filter(ref=ref).first()
    if card is None:
        raise Missing(_("Cette page de paiement n’existe pas."))
    return card


def _answer(card: SimulatedCard, *, at: datetime) -> Answer:
    if card.answers_at and card.answers_at > at:
        return Answer(card.ref, CardState.OPEN)
    is_paid = card.state == CardState.PAID
    return Answer(card.ref, CardState(card.state), card.amount_cents if is_paid else 0, card.ref if is_paid else "")
