"""Read the journal: administrators, within their organisation, newest first."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from comptoir.base.errors import Forbidden
from comptoir.journal.models import Entry
from comptoir.organisations.actors import Actor


def entries(*, seen_by: Actor, about: str = "") -> QuerySet[Entry]:
    """What was done in the reader's organisation, newest first; only about one reference, when given.

    Refuses: Forbidden to anybody but administrators.
    """
    if not seen_by.is_administrator:
        raise Forbidden(_("Le journal est ouvert aux administrateurs."))
    rows = Entry.objects.filter(organisation_id=seen_by.organisation_id).order_by("-at", "-pk")
    return rows.filter(about=about) if about else rows


def about(reference: str, *, seen_by: Actor) -> QuerySet[Entry]:
    """What was done about one thing the reader may see, newest first: its own page shows it."""
    return Entry.objects.filter(organisation_id=seen_by.organisation_id, about=reference).order_by("-at", "-pk")


def mark(*, organisation_id: int) -> tuple[datetime, int] | None:
    """The organisation's last line: while it is the same, nothing was done there. For what is kept a moment."""
    rows = Entry.objects.filter(organisation_id=organisation_id).order_by("-at", "-pk")
    return rows.values_list("at", "pk").first()
