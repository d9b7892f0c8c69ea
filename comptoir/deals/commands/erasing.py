"""Erase what a deal said of people (C9)."""

from comptoir.deals.models import Deal, DealLine, Note


def erase_deals(references: list[str], *, organisation_id: int) -> None:
    """These deals name nobody any more, and their notes are gone. In the caller's transaction."""
    deals = Deal.objects.filter(organisation_id=organisation_id, reference__in=references)
    ids = list(deals.values_list("pk", flat=True))
    deals.update(contact_name="", contact_email="", contact_phone="", next_step="", lost_because="", why="")
    deals.filter(client__isnull=False).update(prospect_name="")
    DealLine.objects.filter(deal__in=ids).update(first_name="", last_name="", email="", why="")
    Note.objects.filter(deal__in=ids).delete()
