"""The methods of the assistant, the life of a run, and where a request goes."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Method(TextChoices):
    """The three methods of the source (B9, B10, B11)."""

    DEALS = "deals", _("Dossiers commerciaux pour toutes les demandes")
    IDENTIFIED = "identified", _("Inscription dans les sessions pour les clients identifiés")
    AUTHENTICATED = "authenticated", _("Inscription dans les sessions pour les clients authentifiés")


class RunState(TextChoices):
    """A run waits, works, then is finished; one that was cut is still RUNNING and the next round takes it up (B17)."""

    WAITING = "waiting", _("En attente")
    RUNNING = "running", _("En cours")
    FINISHED = "finished", _("Terminé")


class Place(TextChoices):
    """Where one request went (or would go)."""

    SESSION = "session", _("Inscription")
    DEAL = "deal", _("Dossier commercial")
    BOTH = "both", _("Inscription et dossier commercial")
    SKIPPED = "skipped", _("Non traitée")


class ReportState(TextChoices):
    """The report is owed once the run is finished; then written; printed when asked (B15)."""

    OWED = "owed", _("À produire")
    WRITTEN = "written", _("Produit")
    PRINTED = "printed", _("Imprimé")
    PRINT_FAILED = "print_failed", _("Impression refusée")
