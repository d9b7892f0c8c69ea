"""What the journal lets go: the name of a person in whose place somebody acted (C9, C10), and what is too old."""

from collections.abc import Collection

from comptoir.journal.models import Entry


def forget_names(about: str, *, organisation_id: int) -> None:
    """The entries about this reference stay, without the name of the registrant. In the caller's transaction."""
    Entry.objects.filter(organisation_id=organisation_id, about=about).exclude(as_name="").update(as_name="")


def forget(entry_ids: Collection[int]) -> None:
    """These entries were kept as long as the organisation said, and are gone. In the caller's transaction."""
    Entry.objects.filter(pk__in=entry_ids).delete()
