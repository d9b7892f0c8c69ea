"""The life of a pre-registration request, and of its file."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from comptoir.base.errors import Refusal


class RequestState(TextChoices):
    """RECORDED until its file is whole in the spool; only then is anything confirmed to anyone."""

    RECORDED = "recorded", _("Enregistrée")
    PENDING = "pending", _("À traiter")
    INTEGRATED = "integrated", _("Intégrée")
    BINNED = "binned", _("Corbeille")


S = RequestState
MOVES: dict[str, frozenset[str]] = {
    S.RECORDED: frozenset({S.PENDING}),
    S.PENDING: frozenset({S.INTEGRATED, S.BINNED}),
    S.BINNED: frozenset({S.PENDING}),
    S.INTEGRATED: frozenset(),
}


class FileState(TextChoices):
    """Where a spool file stands in the ledger."""

    TO_WRITE = "to_write", _("À écrire")
    IN_SPOOL = "in_spool", _("Dans Résa")
    TO_ARCHIVE = "to_archive", _("À archiver")
    ARCHIVED = "archived", _("Archivé")
    MISSING = "missing", _("Disparu")
    REJECTED = "rejected", _("Rejeté")
    TO_ERASE = "to_erase", _("À effacer")  # personal data asked to be erased (C9)
    ERASED = "erased", _("Effacé")


class Origin(TextChoices):
    """The door a request came through."""

    COUNTER = "counter", _("Comptoir public")
    API = "api", _("Site de l’organisme")
    FILE = "file", _("Fichier retrouvé")


class ForbiddenMove(Refusal):
    """The state table has no such arrow."""

    code = "forbidden-move"


def can_move(current: str, target: str) -> bool:
    """Whether the table has this arrow."""
    return target in MOVES[current]


def check_move(current: str, target: str) -> None:
    """Refuse what `can_move` denies."""
    if not can_move(current, target):
        raise ForbiddenMove(f"{RequestState(current).label} → {RequestState(target).label}")
