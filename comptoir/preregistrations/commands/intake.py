"""What staff do to a waiting request: correct it, choose its client, bin it and take it back (B5, B7, B8)."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from comptoir.base.errors import Forbidden, Missing, Refusal, Several
from comptoir.base.outcome import Outcome
from comptoir.base.text import clean_line
from comptoir.clients.commands import clients, matches
from comptoir.clients.models import Client
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor
from comptoir.preregistrations.identity import identity_of
from comptoir.preregistrations.models import Request, RequestLine
from comptoir.preregistrations.states import RequestState, check_move
from comptoir.preregistrations.submission import (
    Participant,
    Requester,
    cleaned,
    participant_problems,
    requester_problems,
)

CORRECTABLE = ("kind", "legal_name", "siret", "client_number", "address", "postcode", "city", "first_name", "last_name",
               "email", "phone", "message")  # fmt: skip


class NotWaiting(Refusal):
    """Somebody integrated it, took it into a run, or put it in the bin meanwhile (T07)."""

    code = "not-waiting"


@transaction.atomic
def correct(*, request_id: int, values: Mapping[str, str], by: Actor, at: datetime) -> None:
    """The columns hold the corrected values; what was typed stays beside them, in `typed` (B5).

    Refuses: Missing, NotWaiting, Several (every field at fault).
    """
    request = _waiting(request_id, by=by)
    now = Requester(**{name: getattr(request, name) for name in CORRECTABLE})
    wanted = cleaned(replace(now, **{name: value for name, value in values.items() if name in CORRECTABLE}))
    if problems := requester_problems(wanted):
        raise Several(problems)
    changed = [name for name in CORRECTABLE if getattr(wanted, name) != getattr(now, name)]
    if not changed:
        return
    for name in changed:
        setattr(request, name, getattr(wanted, name))
    request.save(update_fields=changed)
    journal.record(what="preregistration.corrected", about=request.reference, by=by, at=at, detail={"fields": changed})


@transaction.atomic
def correct_participant(*, line_id: int, first_name: str, last_name: str, email: str, by: Actor, at: datetime) -> None:
    """One participant's name and address are corrected. Refuses: Missing, NotWaiting, Several."""
    line = RequestLine.objects.filter(pk=line_id, request__organisation_id=by.organisation_id).first()
    if line is None:
        raise Missing(_("Ce participant n’existe pas."))
    request = _waiting(line.request_id, by=by)
    wanted = Participant("", clean_line(first_name), clean_line(last_name), clean_line(email))
    if problems := participant_problems((wanted,)):
        raise Several(problems)
    line.first_name, line.last_name, line.email = wanted.first_name, wanted.last_name, wanted.email
    line.save(update_fields=["first_name", "last_name", "email"])
    journal.record(
        what="preregistration.corrected", about=request.reference, by=by, at=at, detail={"participant": line.position}
    )


@transaction.atomic
def choose_client(*, request_id: int, client_id: int, by: Actor, at: datetime) -> None:
    """The request belongs to that client, by hand (B7). Refuses: Missing, NotWaiting."""
    request = _waiting(request_id, by=by)
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

    Refuses: Missing, NotWaiting.
    """
    request = _waiting(request_id, by=by)
    if request.chosen_client_id == client_id:
        request.chosen_client = None
        request.save(update_fields=["chosen_client"])
    matches.refuse_match(client_id=client_id, identity=identity_of(request), by=by, at=at)
    journal.record(what="preregistration.client-refused", about=request.reference, by=by, at=at)


@transaction.atomic
def create_client(*, request_id: int, by: Actor, at: datetime) -> int:
    """A client is made from the request as corrected, and chosen for it; answers its id (B7).

    Refuses: Missing, NotWaiting, and what `clients.create_client` refuses.
    """
    request = _waiting(request_id, by=by)
    client_id = clients.create_client(
        legal_name=request.legal_name, kind=request.kind, siret=request.siret, email=request.email,
        phone=request.phone, address=request.address, postcode=request.postcode, city=request.city,
        contact_first_name=request.first_name, contact_last_name=request.last_name, contact_email=request.email,
        contact_phone=request.phone, by=by, at=at,
    )  # fmt: skip
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
    for request_id in sorted(set(request_ids)):
        try:
            outcome.done.append(_move(request_id, target, what, by=by, at=at))
        except Refusal as refusal:
            outcome.skip(str(request_id), refusal)
    return outcome


@transaction.atomic
def _move(request_id: int, target: str, what: str, *, by: Actor, at: datetime) -> str:
    request = _own(request_id, by=by)
    check_move(request.state, target)
    if request.claim:
        raise NotWaiting(_("%(reference)s : un traitement vient de la prendre.") % {"reference": request.reference})
    binned = target == RequestState.BINNED
    request.state = target
    request.binned_at, request.binned_by_id = (at, by.user_id) if binned else (None, None)
    request.binned_by_name = by.name if binned else ""
    request.save(update_fields=["state", "binned_at", "binned_by", "binned_by_name"])
    journal.record(what=what, about=request.reference, by=by, at=at)
    return request.reference


def _own(request_id: int, *, by: Actor) -> Request:
    if not by.works_intake:
        raise Forbidden(_("Les pré-inscriptions sont traitées par l’administration et les commerciaux."))
    rows: QuerySet[Request] = Request.objects.select_for_update().filter(organisation_id=by.organisation_id)
    request = rows.filter(pk=request_id).first()
    if request is None:
        raise Missing(_("Cette pré-inscription n’existe pas."))
    return request


def _waiting(request_id: int, *, by: Actor) -> Request:
    request = _own(request_id, by=by)
    if request.state != RequestState.PENDING or request.claim:
        raise NotWaiting(
            _("%(reference)s n’est plus à traiter : %(state)s.")
            % {"reference": request.reference, "state": RequestState(request.state).label}
        )
    return request
