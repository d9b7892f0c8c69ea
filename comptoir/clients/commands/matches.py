"""What a person decided about a match: « not this client » is remembered, and can be taken back (B7)."""

from datetime import datetime

from django.db import transaction

from comptoir.clients.identity import Identity
from comptoir.clients.models import RefusedMatch
from comptoir.clients.perimeter import own_client
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor


@transaction.atomic
def refuse_match(*, client_id: int, identity: Identity, by: Actor, at: datetime) -> None:
    """Whoever comes again with this identity is never matched with that client. Again: nothing new.

    Refuses: Forbidden, Missing.
    """
    client = own_client(client_id, by=by)
    who = {"refused_at": at, "refused_by_id": by.user_id}
    _row, is_new = RefusedMatch.objects.get_or_create(
        organisation_id=by.organisation_id, client=client, identity_key=identity.key, defaults=who
    )
    if is_new:
        journal.record(what="client.match-refused", about=client.number, by=by, at=at)


@transaction.atomic
def allow_match(*, client_id: int, identity: Identity, by: Actor, at: datetime) -> None:
    """A refusal is forgotten: a person chose that client for this identity after all. Refuses: Forbidden, Missing."""
    client = own_client(client_id, by=by)
    forgotten, _rows = RefusedMatch.objects.filter(client=client, identity_key=identity.key).delete()
    if forgotten:
        journal.record(what="client.match-allowed", about=client.number, by=by, at=at)
