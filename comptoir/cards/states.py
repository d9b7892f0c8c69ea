"""Who takes cards, and what becomes of a payment and of a refund by card."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Provider(TextChoices):
    """Who takes the cards of an organisation."""

    SIMULATED = "simulated", _("Prestataire simulé (aucun argent)")
    STRIPE = "stripe", _("Stripe")


class CardState(TextChoices):
    """Open while the person is at the provider's; paid is for good, and may come after the two others."""

    OPEN = "open", _("En cours")
    PAID = "paid", _("Payé")
    DECLINED = "declined", _("Refusé")
    ABANDONED = "abandoned", _("Abandonné")


S = CardState
MOVES: dict[str, frozenset[str]] = {
    S.OPEN: frozenset({S.PAID, S.DECLINED, S.ABANDONED}),
    S.DECLINED: frozenset({S.PAID}),
    S.ABANDONED: frozenset({S.PAID}),
    S.PAID: frozenset(),
}


def can_move(current: str, target: str) -> bool:
    """Whether the table has this arrow."""
    return target in MOVES[current]


class RefundState(TextChoices):
    """A refund waits until the provider made it, or said it never will."""

    WAITING = "waiting", _("En cours")
    DONE = "done", _("Fait")
    REFUSED = "refused", _("Refusé")
