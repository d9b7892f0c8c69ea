"""Read merges: what differs between records, what would move, what was merged, what an emptied record still holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from comptoir.base.errors import Missing
from comptoir.clients import queries as clients
from comptoir.clients.models import Client, Contact, FormerNumber, RefusedMatch
from comptoir.clients.perimeter import sees_clients
from comptoir.merging.holders import CONTACTS, HOLDERS, REFUSALS, Holder
from comptoir.merging.models import Merge
from comptoir.organisations.actors import Actor

MOST = 20  # records side by side


@dataclass(frozen=True)
class Held:
    """How many rows of one kind hang on a record."""

    label: str | Promise
    count: int


def side_by_side(client_ids: Sequence[int], *, seen_by: Actor) -> list[Client]:
    """These records, in that order, at most 20. Refuses: Missing when one is not the reader's."""
    wanted = list(dict.fromkeys(client_ids))[:MOST]
    rows = clients.clients(seen_by=seen_by, emptied=True).select_related("territory", "payer")
    found = {row.pk: row for row in rows.filter(pk__in=wanted)}
    if len(found) < len(wanted):
        raise Missing(_("Ce client n’existe pas."))
    return [found[one] for one in wanted]


def held(client: Client) -> list[Held]:
    """What hangs on a record, by kind, kinds without any left out: what a merge would move."""
    counted = [Held(one.label, one.rows(client).count()) for one in HOLDERS]
    return [one for one in counted if one.count]


def left_on(client: Client) -> list[Held] | None:
    """What keeps this record from being deleted; None for a record that was not merged into another."""
    return still_held(client) if FormerNumber.objects.filter(former_id=client.pk).exists() else None


def still_held(client: Client) -> list[Held]:
    """What keeps an emptied record from being deleted: all but what its merge left because the kept one has it too."""
    kept = FormerNumber.objects.get(former_id=client.pk).client
    counted = [Held(one.label, _own(one, client, kept).count()) for one in HOLDERS]
    return [one for one in counted if one.count]


def _own(holder: Holder, client: Client, kept: Client) -> QuerySet[Contact | RefusedMatch]:
    rows = holder.rows(client)
    if holder == CONTACTS:
        known = kept.contacts.exclude(email_key="").values_list("email_key", flat=True)
        return rows.exclude(email_key__in=list(known), user__isnull=True)
    if holder == REFUSALS:
        return rows.none()  # about a record that is going
    return rows


def merges(*, seen_by: Actor) -> QuerySet[Merge]:
    """The merges of the organisation, newest first, with their sources. Empty for who may not see clients."""
    rows = Merge.objects.filter(organisation_id=seen_by.organisation_id).order_by("-pk")
    return rows.select_related("target").prefetch_related("sources__client") if sees_clients(seen_by) else rows.none()
