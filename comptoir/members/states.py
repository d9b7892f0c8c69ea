"""Where a member's account stands, what is missing to it, and what it opens (E7, E8)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MemberState(TextChoices):
    """What an administrator decided about the account."""

    PENDING = "pending", _("Non validé")
    VALIDATED = "validated", _("Validé")
    REFUSED = "refused", _("Refusé")


S = MemberState
MOVES = {S.PENDING: {S.VALIDATED, S.REFUSED}, S.REFUSED: {S.PENDING, S.VALIDATED}, S.VALIDATED: {S.REFUSED}}


def can_move(current: str, target: str) -> bool:
    """Whether the account may go from one state to the other."""
    return target in MOVES[S(current)]


class Means(TextChoices):
    """How the dues of a year were paid."""

    CASH = "cash", _("Espèces")
    CHEQUE = "cheque", _("Chèque")
    TRANSFER = "transfer", _("Virement")
    CARD = "card", _("Carte")
    OTHER = "other", _("Autre")


class ReminderKind(TextChoices):
    """Why a member was reminded of the dues of a year."""

    BEFORE = "before", _("avant la fin de l’année")
    AFTER = "after", _("cotisation manquante")
    ASKED = "asked", _("à la demande du bureau")


class Step(TextChoices):
    """What full access asks for, in the order people do it."""

    EMAIL = "email", _("Adresse confirmée")
    DETAILS = "details", _("Informations complètes")
    VALIDATION = "validation", _("Compte validé")
    DUES = "dues", _("Cotisation de l’année")


# The same steps, said of an account that lacks them.
LACKS = {
    Step.EMAIL: _("adresse à confirmer"),
    Step.DETAILS: _("informations à compléter"),
    Step.VALIDATION: _("compte à valider"),
    Step.DUES: _("cotisation à recevoir"),
}


class Room(TextChoices):
    """What a member may open."""

    HOME = "home", _("Mon compte")
    DETAILS = "details", _("Mes informations")
    MAILS = "mails", _("Mes courriels et mes cotisations")
    CARD = "card", _("Ma carte d’adhérent")


# What each room asks for. Mails and dues wait for the address: until then it may be somebody else's.
ASKS: dict[Room, frozenset[Step]] = {
    Room.HOME: frozenset(),
    Room.DETAILS: frozenset(),
    Room.MAILS: frozenset({Step.EMAIL}),
    Room.CARD: frozenset(Step),
}
