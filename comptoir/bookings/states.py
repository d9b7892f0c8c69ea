"""The life of a registration, and the words a booking derives from its own (C8, C15, C16, C18)."""

from collections.abc import Collection

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comptoir.base.errors import Refusal


class RegistrationState(TextChoices):
    """PENDING and VALIDATED hold a seat; the others do not."""

    PENDING = "pending", _("En attente")
    VALIDATED = "validated", _("Validée")
    CANCELLED = "cancelled", _("Annulée")  # with its booking: may come back (C15)
    WITHDRAWN = "withdrawn", _("Retirée")  # alone: for good (C16)
    WAITING = "waiting", _("Sur liste d’attente")  # until a seat is offered, or it leaves
    CANDIDATE = "candidate", _("Candidature")  # no seat until it is paid, or validated: see SeatOrder


S = RegistrationState
SEATED = (S.PENDING, S.VALIDATED)
CLOSED = (S.CANCELLED, S.WITHDRAWN)
LIVE = (*SEATED, S.WAITING, S.CANDIDATE)
MOVES: dict[str, frozenset[str]] = {
    S.PENDING: frozenset({S.VALIDATED, S.CANCELLED}),
    S.VALIDATED: frozenset({S.CANCELLED, S.WITHDRAWN}),
    S.CANCELLED: frozenset({S.PENDING, S.CANDIDATE}),
    S.WITHDRAWN: frozenset(),
    S.WAITING: frozenset({S.PENDING, S.CANCELLED}),
    S.CANDIDATE: frozenset({S.VALIDATED, S.CANCELLED}),
}


class SeatOrder(TextChoices):
    """When a sign-up takes its seat (ADR 0035); a booking keeps the order it was told when it was made."""

    ARRIVAL = "arrival", _("À l’arrivée")
    PAYMENT = "payment", _("Au paiement")
    VALIDATION = "validation", _("À la validation")

    def of(self, cents: int) -> "SeatOrder":
        """The order that holds for what costs so much: where nothing is to be paid, nobody is seated by paying."""
        return SeatOrder.ARRIVAL if self == SeatOrder.PAYMENT and not cents else self

    @property
    def sentence(self) -> str:
        """How seats are given, for those who sign up."""
        said = {
            SeatOrder.ARRIVAL: gettext("Les places sont attribuées dans l’ordre des inscriptions."),
            SeatOrder.PAYMENT: gettext("Les places sont attribuées dans l’ordre des paiements reçus."),
            SeatOrder.VALIDATION: gettext("Les places sont attribuées quand nous validons les inscriptions."),
        }
        return said[self]


class BookingStatus(TextChoices):
    """What a booking is, read from its registrations and stored nowhere (C8)."""

    CANCELLED = "cancelled", _("Annulée")
    PENDING = "pending", _("En attente")
    VALIDATED = "validated", _("Validée")
    WAITING = "waiting", _("Sur liste d’attente")
    CANDIDATE = "candidate", _("Candidature")


class PaymentState(TextChoices):
    """Where the money of a booking stands, derived by the database from what is owed and what was paid (C18)."""

    FREE = "free", _("Rien à payer")
    DUE = "due", _("En attente de paiement")
    REFUND_DUE = "refund_due", _("En attente de remboursement")
    PAID = "paid", _("Payé")


def status_of(states: Collection[str]) -> BookingStatus:
    """Validated as soon as one registration is, cancelled when none holds a seat or awaits one (C8)."""
    for state in (S.VALIDATED, S.PENDING, S.CANDIDATE, S.WAITING):
        if state in states:
            return BookingStatus(state)
    return BookingStatus.CANCELLED


class ForbiddenMove(Refusal):
    """The state table has no such arrow."""

    code = "forbidden-move"


def can_move(current: str, target: str) -> bool:
    """Whether the table has this arrow."""
    return target in MOVES[current]


def check_move(current: str, target: str) -> None:
    """Refuse what `can_move` denies."""
    if not can_move(current, target):
        raise ForbiddenMove(f"{RegistrationState(current).label} → {RegistrationState(target).label}")
