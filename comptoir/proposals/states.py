"""The life of a date proposal, what a client answers, and where the dates of a session stand (D8, D9)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from comptoir.base.errors import Refusal


class ProposalState(TextChoices):
    """A client may change the answer until the deadline; a newer proposal, or a session called off, ends it."""

    WAITING = "waiting", _("Sans réponse")
    ACCEPTED = "accepted", _("Acceptée")
    DECLINED = "declined", _("Déclinée")
    REPLACED = "replaced", _("Remplacée")
    WITHDRAWN = "withdrawn", _("Retirée")


P = ProposalState
MOVES: dict[str, frozenset[str]] = {
    P.WAITING: frozenset({P.ACCEPTED, P.DECLINED, P.REPLACED, P.WITHDRAWN}),
    P.ACCEPTED: frozenset({P.DECLINED, P.REPLACED, P.WITHDRAWN}),
    P.DECLINED: frozenset({P.ACCEPTED, P.REPLACED, P.WITHDRAWN}),
    P.REPLACED: frozenset(),
    P.WITHDRAWN: frozenset(),
}
ANSWERS = frozenset({P.ACCEPTED, P.DECLINED})
LIVE = frozenset({P.WAITING, P.ACCEPTED, P.DECLINED})


class SendingState(TextChoices):
    """A sending is written as a draft; once sent nothing of it changes any more."""

    DRAFT = "draft", _("Brouillon")
    SENT = "sent", _("Envoyée")


SENDING_MOVES: dict[str, frozenset[str]] = {
    SendingState.DRAFT: frozenset({SendingState.SENT}),
    SendingState.SENT: frozenset(),
}


class Confirmation(TextChoices):
    """« Confirmation dates client » (D9), of one client and of a session."""

    TO_CONFIRM = "to_confirm", _("À confirmer")
    PENDING = "pending", _("En attente de confirmation")
    CONFIRMED = "confirmed", _("Confirmé")
    DECLINED = "declined", _("Décliné")


OF_STATE = {
    P.WAITING: Confirmation.PENDING, P.ACCEPTED: Confirmation.CONFIRMED, P.DECLINED: Confirmation.DECLINED,
    P.REPLACED: Confirmation.TO_CONFIRM, P.WITHDRAWN: Confirmation.TO_CONFIRM,
}  # fmt: skip


class ForbiddenMove(Refusal):
    """The state table has no such arrow."""

    code = "forbidden-move"


def check_move(current: str, target: str) -> None:
    """Refuse what the table of a proposal does not have."""
    if target not in MOVES[current]:
        raise ForbiddenMove(f"{ProposalState(current).label} → {ProposalState(target).label}")
