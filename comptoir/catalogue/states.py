"""What an activity and a session can be, and by what a seat is paid."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from comptoir.base.errors import Refusal


class ActivityKind(TextChoices):
    """Course (formation) or event (évènement)."""

    COURSE = "course", _("Formation")
    EVENT = "event", _("Évènement")


class SessionKind(TextChoices):
    """INTER is open to all and may be on sale (A1); INTRA is in-house for one client."""

    INTER = "inter", _("INTER")
    INTRA = "intra", _("INTRA")


class HalfDay(TextChoices):
    """The usual sittings of a day; their hours are in `hours`."""

    MORNING = "morning", _("Matin")
    AFTERNOON = "afternoon", _("Après-midi")


class Shared(TextChoices):
    """What a sitting meets: something another session holds at that moment, or a holiday of its place."""

    ROOM = "room", _("Même salle")
    TRAINER = "trainer", _("Même formateur")
    CLIENT = "client", _("Même client")
    HOLIDAY = "holiday", _("Jour férié")


class Step(TextChoices):
    """How the dates of a series follow each other."""

    WEEK = "week", _("Chaque semaine, le même jour")
    MONTH_DAY = "month-day", _("Chaque mois, à la même date")
    MONTH_WEEKDAY = "month-weekday", _("Chaque mois, le même jour de la semaine (2e mardi…)")
    WEEKDAYS = "weekdays", _("Certains jours de la semaine")


class PayMethod(TextChoices):
    """By what a booking is paid."""

    CHEQUE = "cheque", _("Chèque")
    TRANSFER = "transfer", _("Virement")
    PURCHASE_ORDER = "purchase_order", _("Bon de commande")
    CARD = "card", _("Carte bancaire")
    CASH = "cash", _("Espèces")


class SessionState(TextChoices):
    """Draft until planned; open takes sign-ups; closed takes none; cancelled is for good."""

    DRAFT = "draft", _("Brouillon")
    OPEN = "open", _("Ouverte")
    CLOSED = "closed", _("Close")
    CANCELLED = "cancelled", _("Annulée")


S = SessionState
MOVES: dict[str, frozenset[str]] = {
    S.DRAFT: frozenset({S.OPEN, S.CANCELLED}),
    S.OPEN: frozenset({S.CLOSED, S.CANCELLED, S.DRAFT}),
    S.CLOSED: frozenset({S.OPEN, S.CANCELLED}),
    S.CANCELLED: frozenset(),
}


class ForbiddenMove(Refusal):
    """The state table has no such arrow."""

    code = "forbidden-move"


def can_move(current: str, target: str) -> bool:
    """Whether the table has this arrow."""
    return target in MOVES[current]


def check_move(current: str, target: str) -> None:
    """Refuse what `can_move` denies."""
    if not can_move(current, target):
        wanted = SessionState(target).label if target in SessionState else target
        raise ForbiddenMove(f"{SessionState(current).label} → {wanted}")
