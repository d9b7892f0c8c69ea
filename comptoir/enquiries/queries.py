"""Read enquiries: the one behind a deal, for the desk; a client's own, for its space (A4)."""

from django.db.models import Q, QuerySet

from comptoir.catalogue.models import Activity
from comptoir.clients.access import Reader
from comptoir.deals.models import Deal
from comptoir.deals.queries import deals
from comptoir.enquiries.models import Enquiry
from comptoir.organisations.actors import Actor


def behind(deal: Deal, *, seen_by: Actor) -> Enquiry | None:
    """The enquiry that a deal follows, for who may see the deal."""
    rows = Enquiry.objects.filter(deal=deal, deal__in=deals(seen_by=seen_by).order_by())
    return rows.select_related("activity").first() if deal.service else None


def own(reader: Reader) -> QuerySet[Enquiry]:
    """Those the client sent signed in, and those its reader sent from the address of the account; newest first.

    What somebody else typed in the client's name is none of them, however sure the engine is (T62).
    """
    mine = Q(authenticated_client=reader.client)
    email = reader.contact.email
    if email:
        mine |= Q(deal__client=reader.client, authenticated_client__isnull=True, email__iexact=email)
    rows = Enquiry.objects.filter(mine, organisation_id=reader.client.organisation_id)
    return rows.select_related("deal", "activity").order_by("-recorded_at", "-pk")


def activities(*, organisation_id: int) -> list[tuple[str, str]]:
    """The published activities to choose from: slug and title, by title."""
    rows = Activity.objects.filter(organisation_id=organisation_id, is_published=True)
    return list(rows.order_by("title", "pk").values_list("slug", "title")[:300])
