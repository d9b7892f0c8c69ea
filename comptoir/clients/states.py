"""What a client can be, and how sure a match is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
