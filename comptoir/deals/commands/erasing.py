"""Erase what a deal said of people (C9)."""

from collections.abc import Collection, Iterable

from comptoir.base.text import email_key, folded, speaks_of
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


def forget_person(address: str, names: Collection[str], deals: Iterable[Deal]) -> None:
    """In these deals this person is named no more: as the contact, a participant, or in what was noted.

    The others in them stay. In the caller's transaction.
    """
    marks = {address, *names}
    for deal in deals:
        if email_key(deal.contact_email) == address:
            _forget_person_in_titles(deal)
            deal.refresh_from_db()
            deal.contact_name = deal.contact_email = deal.contact_phone = ""
        for name in ("next_step", "lost_because", "why", "title"):
            if speaks_of(getattr(deal, name), marks):
                setattr(deal, name, deal.reference if name == "title" else "")
        deal.save()
        for line in DealLine.objects.filter(deal=deal):
            named = folded(f"{line.first_name} {line.last_name}")
            if email_key(line.email) == address or (not line.email and named in names):
                DealLine.objects.filter(pk=line.pk).update(first_name="", last_name="", email="", why="")
        notes = Note.objects.filter(deal=deal)
        notes.filter(pk__in=[one.pk for one in notes if speaks_of(one.text, marks)]).delete()


def _forget_person_in_titles(deal: Deal) -> None:
    """« Secourisme – Claire Martin » and a prospect who is the contact name a person; a firm's name stays."""
    head, _dash, tail = deal.title.rpartition(" – ")
    contact = folded(deal.contact_name).split()
    names = {"title": (tail, head), "prospect_name": (deal.prospect_name, "")}
    gone = {name: kept for name, (said, kept) in names.items() if said and set(folded(said).split()) <= set(contact)}
    if gone:
        Deal.objects.filter(pk=deal.pk).update(**gone)
