"""What a client can be, how sure a match is, and the life of an import."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from comptoir.base.errors import Refusal


class ClientKind(TextChoices):
    """Who buys."""

    FIRM = "firm", _("Entreprise")
    PUBLIC = "public", _("Organisme public")
    ASSOCIATION = "association", _("Association")
    PERSON = "person", _("Particulier")


class Certainty(TextChoices):
    """How sure the engine is that two spellings are one client."""

    CERTAIN = "certain", _("Certain")
    PROBABLE = "probable", _("Probable")
    NONE = "none", _("Aucun")


class ImportState(TextChoices):
    """A file is looked at, then waits for the rounds, then runs. Nothing is written before a person says so."""

    PREVIEWED = "previewed", _("À vérifier")
    WAITING = "waiting", _("En attente")
    RUNNING = "running", _("En cours")
    DONE = "done", _("Terminé")
    FAILED = "failed", _("Interrompu")
    ABANDONED = "abandoned", _("Abandonné")


class ScanState(TextChoices):
    """A scan for duplicates waits for the rounds, runs, and is done or failed; one that was cut begins again."""

    WAITING = "waiting", _("En attente")
    RUNNING = "running", _("En cours")
    DONE = "done", _("Terminé")
    FAILED = "failed", _("Interrompu")


OPEN_SCANS = (ScanState.WAITING, ScanState.RUNNING)  # one of them at most, for an organisation


S = ImportState
MOVES: dict[str, frozenset[str]] = {
    S.PREVIEWED: frozenset({S.WAITING, S.ABANDONED}),
    S.WAITING: frozenset({S.RUNNING}),
    S.RUNNING: frozenset({S.DONE, S.FAILED}),
    S.DONE: frozenset(),
    S.FAILED: frozenset({S.WAITING, S.ABANDONED}),
    S.ABANDONED: frozenset(),
}

SCAN_MOVES: dict[str, frozenset[str]] = {
    ScanState.WAITING: frozenset({ScanState.RUNNING}),
    ScanState.RUNNING: frozenset({ScanState.RUNNING, ScanState.DONE, ScanState.FAILED}),
    ScanState.DONE: frozenset(),
    ScanState.FAILED: frozenset(),
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
        raise ForbiddenMove(f"{ImportState(current).label} → {ImportState(target).label}")
