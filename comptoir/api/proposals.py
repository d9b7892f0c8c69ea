"""Date proposals for programs: where each client stands, propose, ask again, validate by hand (D1–D11)."""

from typing import Any

from django.http import HttpRequest
from ninja import Header, Query, Router, Status

from comptoir.api.door import Token
from comptoir.api.proposals_schemas import (
    PartiesOut,
    ProposalDetail,
    ProposalIn,
    ProposalsPage,
    RemindedOut,
    SentOut,
)
from comptoir.api.schemas import Refused
from comptoir.base.errors import Invalid, Missing
from comptoir.catalogue.queries import sessions
from comptoir.clients.queries import clients
from comptoir.organisations.states import Scope
from comptoir.proposals import queries
from comptoir.proposals.commands import clients as parties
from comptoir.proposals.commands import proposing
from comptoir.proposals.commands.reminding import remind
from comptoir.proposals.states import LIVE

READ, WRITE = Token(Scope.PROPOSALS_READ), Token(Scope.PROPOSALS_WRITE)
router = Router(tags=["proposals"])
PAGE = 100
REFUSALS: dict[int, Any] = {401: dict[str, str], 403: Refused, 404: Refused, 409: Refused, 422: Refused}
ACTS = {
    ("clients", "PUT"): parties.add_client, ("clients", "DELETE"): parties.remove_client,
    ("validations", "PUT"): parties.validate_dates, ("validations", "DELETE"): parties.undo_validation,
}  # fmt: skip


@router.get("/sessions/{reference}/clients", auth=READ, response={200: PartiesOut} | REFUSALS)
def of_session(request: HttpRequest, reference: str) -> dict[str, Any]:
    """The clients of a session, and where each stands."""
    return _parties(request, reference)


@router.post("/sessions/{reference}/proposals", auth=WRITE, response={200: SentOut, 201: SentOut} | REFUSALS)
def propose(
    request: HttpRequest, reference: str, wanted: ProposalIn,
    idempotency_key: str = Header(..., alias="Idempotency-Key", min_length=8, max_length=60),
) -> Status[Any]:  # fmt: skip
    """The dates are proposed to these clients, or to all of the session. The same key is the same sending."""
    here: Any = request
    session = _session(here, reference)
    numbers = {*(wanted.clients or ()), *wanted.to}
    known = dict(clients(seen_by=here.actor).filter(number__in=numbers).values_list("number", "pk"))
    if unknown := sorted(numbers - known.keys()):
        raise Invalid(f"Ce client n’existe pas\u00a0: {unknown[0][:20]}.", field="clients")
    ids = None if wanted.clients is None else {known[one] for one in wanted.clients}
    to = {known[number]: text for number, text in wanted.to.items()}
    told = proposing.Told(wanted.subject, wanted.body, wanted.deadline, to, wanted.cc, wanted.bcc)
    sent = proposing.propose(
        session_id=session.pk, client_ids=ids, told=told, key=idempotency_key, by=here.actor, at=here.at
    )
    rows = queries.sent_with(sent, seen_by=here.actor)
    created = sent.sent_at == here.at
    answer = {"reference": sent.reference, "created": created, "proposals": [_proposal(one) for one in rows]}
    return Status(201 if created else 200, answer)


@router.post("/sessions/{reference}/proposals/again", auth=WRITE, response={200: RemindedOut} | REFUSALS)
def again(request: HttpRequest, reference: str) -> dict[str, int]:
    """The dates moved: all who were told of the former ones are told of these (D11); 422 when nobody is."""
    here: Any = request
    session = _session(here, reference)
    return {"mails": proposing.propose_again(session_id=session.pk, by=here.actor, at=here.at)}


@router.api_operation(
    ["PUT", "DELETE"], "/sessions/{reference}/{what}/{number}", auth=WRITE, response={200: PartiesOut} | REFUSALS
)
def act(request: HttpRequest, reference: str, what: str, number: str) -> dict[str, Any]:
    """`clients`: it is one of this in-house session, or not; `validations`: its dates are validated by hand (D10)."""
    here: Any = request
    command = ACTS.get((what, request.method or ""))
    if command is None:
        raise Missing("Cette adresse n’existe pas.")
    session = _session(here, reference)
    client = clients(seen_by=here.actor).filter(number=number).first()
    if client is None:
        raise Missing("Ce client n’existe pas.")
    command(session_id=session.pk, client_id=client.pk, by=here.actor, at=here.at)
    return _parties(request, reference)


@router.get("/proposals", auth=READ, response={200: ProposalsPage} | REFUSALS)
def proposals(
    request: HttpRequest, state: str = "", session: str = "", overdue: bool = False,
    after: str = Query("", max_length=20),
) -> dict[str, Any]:  # fmt: skip
    """Those that hold now, newest first, 100 a page; `after` is the `next` of the page before."""
    here: Any = request
    if state and state not in LIVE:
        raise Missing("Cet état n’existe pas\u00a0: waiting, accepted ou declined.")
    rows = queries.proposals(seen_by=here.actor).order_by("-pk")
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(session__reference=session) if session else rows
    if overdue:
        rows = queries.waiting(seen_by=here.actor).filter(pk__in=rows.order_by().values("pk"), deadline_at__lt=here.at)
        rows = rows.order_by("-pk")
    if after.isdecimal() and len(after) < 19:
        rows = rows.filter(pk__lt=int(after))
    found = list(rows[: PAGE + 1])
    return {
        "next": str(found[PAGE - 1].pk) if len(found) > PAGE else "",
        "items": [_proposal(one) for one in found[:PAGE]],
    }


@router.get("/proposals/{reference}", auth=READ, response={200: ProposalDetail} | REFUSALS)
def proposal(request: HttpRequest, reference: str) -> dict[str, Any]:
    """One proposal, with the dates as they were told, and its answers."""
    row = queries.proposal(reference, seen_by=request.actor)  # type: ignore[attr-defined]
    told = {"place": row.sending.place, "sittings": row.sending.schedule}
    return _proposal(row) | told | {"answers": sorted(row.answers.all(), key=lambda one: one.position)}


@router.post("/proposals/{reference}/remind", auth=WRITE, response={200: RemindedOut} | REFUSALS)
def ask_again(request: HttpRequest, reference: str) -> dict[str, int]:
    """The client is asked again, unless it answered or the deadline passed (422)."""
    here: Any = request
    row = queries.proposal(reference, seen_by=here.actor)
    return {"mails": remind(proposal_ids=[row.pk], by=here.actor, at=here.at)}


def _session(here: Any, reference: str) -> Any:
    found = sessions(seen_by=here.actor).filter(reference=reference).first()
    if found is None:
        raise Missing("Cette session n’existe pas.")
    return found


def _parties(request: Any, reference: str) -> dict[str, Any]:
    session = _session(request, reference)
    found = queries.parties(session, seen_by=request.actor, at=request.at)
    return {"session": session.reference, "items": [_party(one) for one in found]}


def _party(one: queries.Party) -> dict[str, Any]:
    return {
        "client": one.number, "client_name": one.name, "contact": one.contact, "email": one.email, "seats": one.seats,
        "confirmation": one.confirmation, "label": one.label, "sentence": one.said, "is_overdue": one.is_overdue,
        "is_validated": one.is_validated, "proposal": one.latest.reference if one.latest else "",
    }  # fmt: skip


def _proposal(row: Any) -> dict[str, Any]:
    return {
        "reference": row.reference, "session": row.session.reference, "client": row.client.number,
        "client_name": row.client.legal_name, "to": row.to, "state": row.state, "sent_at": row.sent_at,
        "deadline_at": row.deadline_at, "answered_at": row.answered_at, "reminders": row.reminders,
    }  # fmt: skip
