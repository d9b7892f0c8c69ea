"""The stages of a deal, and what a request for a service asks for."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from comptoir.base.errors import Refusal


class Stage(TextChoices):
    """From the first request to won or lost."""

    NEW = "new", _("À traiter")
    CONTACTED = "contacted", _("Contact pris")
    PROPOSED = "proposed", _("Proposition envoyée")
    NEGOTIATED = "negotiated", _("En négociation")
    WON = "won", _("Gagné")
    LOST = "lost", _("Perdu")


class Service(TextChoices):
    """What was asked for, when it is no place in a session."""

    COVER = "cover", _("Poste de secours (DPS)")
    COURSE = "course", _("Formation en interne")


class Origin(TextChoices):
    """Where a deal was born, when no service was asked for."""

    REQUEST = "request", _("Pré-inscription")
    HAND = "hand", _("Ouvert à la main")


OPEN_STAGES = (Stage.NEW, Stage.CONTACTED, Stage.PROPOSED, Stage.NEGOTIATED)
_open = frozenset(OPEN_STAGES)
MOVES: dict[str, frozenset[str]] = {
    **{stage: (_open - {stage}) | {Stage.WON, Stage.LOST} for stage in OPEN_STAGES},
    Stage.LOST: _open,
    Stage.WON: frozenset(),
}


class ForbiddenMove(Refusal):
    """The stage table has no such arrow."""

    code = "forbidden-move"


def can_move(current: str, target: str) -> bool:
    """Whether the table has this arrow."""
    return target in MOVES[current]


def check_move(current: str, target: str) -> None:
    """Refuse what `can_move` denies."""
    if not can_move(current, target):
        raise ForbiddenMove(f"{Stage(current).label} → {Stage(target).label}")
