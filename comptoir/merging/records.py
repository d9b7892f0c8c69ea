"""The records of a merge, of the actor's organisation, locked in one order so that opposite merges cannot cross."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from comptoir.base.errors import Missing
from comptoir.clients.models import Client, FormerNumber
from comptoir.clients.perimeter import require_work
from comptoir.merging.refusals import AlreadyEmptied
from comptoir.organisations.actors import Actor


def locked(client_ids: Iterable[int], *, by: Actor) -> dict[int, Client]:
    """These records by id, in the caller's transaction. Refuses: Forbidden, Missing when any is not there."""
    require_work(by)
    wanted = set(client_ids)
    rows = Client.objects.select_for_update().filter(organisation_id=by.organisation_id, pk__in=wanted)
    found = {row.pk: row for row in rows.order_by("pk")}
    if len(found) < len(wanted):
        raise Missing(_("Ce client n’existe pas."))
    return found


def leads_to(client: Client) -> Client | None:
    """The record that client was merged into, if it was."""
    row = FormerNumber.objects.filter(former_id=client.pk).select_related("client").first()
    return row.client if row else None


def require_kept(client: Client) -> None:
    """Refuse a record that was emptied into another. Refuses: AlreadyEmptied."""
    if kept := leads_to(client):
        sentence = _("La fiche %(number)s a été fusionnée dans %(kept)s\u00a0: choisissez celle-ci.")
        raise AlreadyEmptied(sentence % {"number": client.number, "kept": kept.number}, field="target")
