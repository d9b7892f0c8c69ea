"""Erase what a deal said of people (C9)."""

from comptoir.base.text import folded
from comptoir.deals.models import Deal, DealLine, Note


def erase_deals(references: list[str], *, organisation_id: int) -> None:
    """These deals name nobody any more, and their notes are gone. In the caller's transaction."""
    deals = Deal.objects.filter(organisation_id=organisation_id, reference__in=references)
    ids = list(deals.values_list("pk", flat=True))
    for deal in deals:
        _forget_person_in_titles(deal)
    deals.update(contact_name="", contact_email="", contact_phone="", next_step="", lost_because="", why="")
    deals.filter(client__isnull=False).update(prospect_name="")
    DealLine.objects.filter(deal__in=ids).update(first_name="", last_name="", email="", why="")
    Note.objects.filter(deal__in=ids).delete()


def _forget_person_in_titles(deal: Deal) -> None:
    """« Secourisme – Claire Martin » and a prospect who is the contact name a person; a firm's name stays."""
    head, _dash, tail = deal.title.rpartition(" – ")
    contact = folded(deal.contact_name).split()
    names = {"title": (tail, head), "prospect_name": (deal.prospect_name, "")}
    gone = {name: kept for name, (said, kept) in names.items() if said and set(folded(said).split()) <= set(contact)}
    if gone:
        Deal.objects.filter(pk=deal.pk).update(**gone)
