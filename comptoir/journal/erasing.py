"""The one thing the journal lets go: the name of a person in whose place somebody acted (C9, C10)."""

from comptoir.journal.models import Entry


def forget_names(about: str, *, organisation_id: int) -> None:
    """The entries about this reference stay, without the name of the registrant. In the caller's transaction."""
    Entry.objects.filter(organisation_id=organisation_id, about=about).exclude(as_name="").update(as_name="")
