"""Erase what enquiries said of people (C9)."""

from comptoir.clients.states import ClientKind
from comptoir.enquiries.commands.asking import WHO
from comptoir.enquiries.models import Enquiry


def erase_enquiries(deal_references: list[str], *, organisation_id: int) -> None:
    """The enquiries of these deals name nobody any more; a firm keeps its name. In the caller's transaction."""
    rows = Enquiry.objects.filter(organisation_id=organisation_id, deal__reference__in=deal_references)
    rows.update(**{name: "" for name in WHO if name not in ("kind", "legal_name")}, on_site="", recognised="")
    rows.filter(kind=ClientKind.PERSON).update(legal_name="")
