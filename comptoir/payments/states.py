"""What an entry of the ledger is, and by what money comes and goes."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EntryKind(TextChoices):
    """Money received, or paid back."""

    PAYMENT = "payment", _("Paiement")
    REFUND = "refund", _("Remboursement")


class PayMethod(TextChoices):
    """By what it was paid."""

    CHEQUE = "cheque", _("Chèque")
    TRANSFER = "transfer", _("Virement")
    PURCHASE_ORDER = "purchase_order", _("Bon de commande")
    CARD = "card", _("Carte bancaire")
    CASH = "cash", _("Espèces")
