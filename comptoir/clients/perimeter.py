"""Whose business clients are: sales and administration, and the programs they gave a key to (product.md §2)."""

from django.utils.translation import gettext as _

from comptoir.base.errors import Forbidden, Missing
from comptoir.clients.models import Client
from comptoir.organisations.actors import Actor
from comptoir.organisations.states import CLIENT_SCOPES, PROPOSAL_SCOPES, Scope


def sees_clients(actor: Actor) -> bool:
    """May read client records. A visitor, a client or a manager of sessions may not (T62)."""
    return actor.works_intake or not (CLIENT_SCOPES | PROPOSAL_SCOPES).isdisjoint(actor.scopes)


def require_work(by: Actor) -> None:
    """Refuse who may not change client records. Refuses: Forbidden."""
    if not (by.works_intake or Scope.CLIENTS_WRITE in by.scopes):
        raise Forbidden(_("Les fiches clients sont tenues par l’administration et les commerciaux."))


def own_client(client_id: int, *, by: Actor) -> Client:
    """The record, locked until the caller commits, so that two people change it one after the other.

    Refuses: Forbidden, Missing.
    """
    require_work(by)
    rows = Client.objects.select_for_update().filter(organisation_id=by.organisation_id)
    client = rows.filter(pk=client_id).first()
    if client is None:
        raise Missing(_("Ce client n’existe pas."))
    return client
