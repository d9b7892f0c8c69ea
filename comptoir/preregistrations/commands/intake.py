"""What staff do to a waiting request: choose its client, bin it and take it back (B7, B8)."""

from collections.abc import Collection
from datetime import datetime
from itertools import batched

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Missing, Refusal
from comptoir.base.outcome import Outcome
from comptoir.clients.commands import clients, matches
from comptoir.clients.models import Client
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor
from comptoir.preregistrations.commands.waiting import own_requests, taken, waiting_request
from comptoir.preregistrations.identity import identity_of, record_of
from comptoir.preregistrations.models import Request
from comptoir.preregistrations.states import RequestState, check_move

BATCH = 500  # requests moved in one transaction


class SignedIn(Refusal):
    """The client had signed in: that is known, not guessed. Another one can be chosen."""

    code = "signed-in"


@transaction.atomic
def choose_client(*, request_id: int, client_id: int, by: Actor, at: datetime) -> None:
    """The request belongs to that client, by hand (B7). Refuses: Missing, NotWaiting."""
    request = waiting_request(request_id, by=by)
    client = Client.objects.filter(pk=client_id, organisation_id=by.organisation_id).first()
    if client is None:
        raise Missing(_("Ce client n’existe pas."))
    request.chosen_client = client
    request.save(update_fields=["chosen_client"])
    matches.allow_match(client_id=client_id, identity=identity_of(request), by=by, at=at)
    journal.record(
        what="preregistration.client-chosen", about=request.reference, by=by, at=at, detail={"client": client.number}
    )


@transaction.atomic
def refuse_client(*, request_id: int, client_id: int, by: Actor, at: datetime) -> None:
    """The request is not that client's: the association is gone and will not be proposed again (B7).

    Refuses: Missing, NotWaiting, SignedIn.
    """
    request = waiting_request(request_id, by=by)
    if request.authenticated_client_id == client_id and request.chosen_client_id in (None, client_id):
        raise SignedIn(_("Ce client s’était identifié\u00a0: choisissez-en un autre si la demande n’est pas pour lui."))
    if request.chosen_client_id == client_id:
        request.chosen_client = None
        request.save(update_fields=["chosen_client"])
    matches.refuse_match(client_id=client_id, identity=identity_of(request), by=by, at=at)
    journal.record(what="preregistration.client-refused", about=request.reference, by=by, at=at)


@transaction.atomic
def create_client(*, request_id: int, anyway: bool = False, by: Actor, at: datetime) -> int:
    """A client is made from the request as corrected, and chosen for it; answers its id (B7). Again: the same id.

    `anyway`: even when one much like it exists. Refuses: Missing, NotWaiting, ClientKnown, and what
    `clients.create_client` refuses.
    """
    request = waiting_request(request_id, by=by)
    if request.chosen_client_id:
        return request.chosen_client_id
    record = record_of(request)
    client_id = clients.create_client(**record, unless_known=not anyway, tell_number=True, by=by, at=at)
    choose_client(request_id=request_id, client_id=client_id, by=by, at=at)
    return client_id


def bin_requests(*, request_ids: Collection[int], by: Actor, at: datetime) -> Outcome[str]:
    """They are in the bin, with author and date, and can come back (B8). Their files stay where they are."""
    return _each(request_ids, RequestState.BINNED, "preregistration.binned", by=by, at=at)


def restore_requests(*, request_ids: Collection[int], by: Actor, at: datetime) -> Outcome[str]:
    """They wait in the assistant again (B8)."""
    return _each(request_ids, RequestState.PENDING, "preregistration.restored", by=by, at=at)


def _each(request_ids: Collection[int], target: str, what: str, *, by: Actor, at: datetime) -> Outcome[str]:
    outcome: Outcome[str] = Outcome()
    for some in batched(sorted(set(request_ids)), BATCH):
        _move(some, target, what, outcome, by=by, at=at)
    return outcome


@transaction.atomic
def _move(ids: Collection[int], target: str, what: str, outcome: Outcome[str], *, by: Actor, at: datetime) -> None:
    """A batch moves together; a request that may not, or that a run has taken, is left alone and named."""
    found = {row.pk: row for row in own_requests(by=by).filter(pk__in=ids).order_by("pk")}
    moved: list[Request] = []
    for request_id in ids:
        if refusal := _obstacle(found.get(request_id), target):
            outcome.skip(found[request_id].reference if request_id in found else str(request_id), refusal)
        else:
            moved.append(found[request_id])
    binned = target == RequestState.BINNED
    Request.objects.filter(pk__in=[one.pk for one in moved]).update(
        state=target, binned_at=at if binned else None, binned_by=by.user_id if binned else None,
        binned_by_name=by.name if binned else "",
    )  # fmt: skip
    references = [one.reference for one in moved]
    journal.record_many(what=what, abouts=references, by=by, at=at)
    outcome.done += references


def _obstacle(request: Request | None, target: str) -> Refusal | None:
    if request is None:
        return Missing(_("Cette pré-inscription n’existe pas."))
    if request.claim and request.state == RequestState.PENDING:
        return taken(request)
    try:
        check_move(request.state, target)
    except Refusal as refusal:
        return refusal
    return None
