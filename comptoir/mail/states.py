"""The fate of a mail."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MailState(TextChoices):
    """Queued until the server accepted it; refused for good on a 5xx answer; late ones stay queued and say so."""

    QUEUED = "queued", _("En file d’attente")
    SENDING = "sending", _("Envoi en cours")
    SENT = "sent", _("Envoyé")
    REFUSED = "refused", _("Refusé")
    CANCELLED = "cancelled", _("Annulé")


OPEN = [MailState.QUEUED.value, MailState.SENDING.value]  # something is still to be tried
