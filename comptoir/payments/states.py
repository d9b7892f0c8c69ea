"""What an entry of the ledger is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EntryKind(TextChoices):
    """Money received, or paid back."""

    PAYMENT = "payment", _("Paiement")
    REFUND = "refund", _("Remboursement")
