"""The assistant for programs: what waits, the dry run, the run (B9–B17)."""

from collections import Counter
from itertools import islice
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from ninja import Header, Query, Router, Status

from comptoir.api.door import Token
from comptoir.api.schemas import ApplyIn, PlannedOut, PlanOut, Refused, RunOut, WaitingPage
from comptoir.integration import queries
from comptoir.integration.commands import options, starting
from comptoir.integration.states import Method
from comptoir.organisations.states import Scope
from comptoir.preregistrations.queries import intake

READ, APPLY = Token(Scope.INTAKE_READ), Token(Scope.INTAKE_APPLY)
router = Router(tags=["intake"])
PAGE, LINES = 100, 200
REFUSALS: dict[int, Any] = {401: dict[str, str], 403: Refused, 404: Refused, 409: Refused, 422: Refused}


@router.get("/requests", auth=READ, response={200: WaitingPage} | REFUSALS)
def waiting(request: HttpRequest, page: int = Query(1, ge=1, le=100_000)) -> dict[str, Any]:
    """The requests that wait, oldest first, each with the client recognised."""
    shown = Paginator(intake.waiting(seen_by=request.actor), PAGE).get_page(page)  # type: ignore[attr-defined]
    rows = queries.rows(list(shown), organisation_id=request.organisation.pk)  # type: ignore[attr-defined]
    items = [
        {
            "reference": row.request.reference, "received_at": row.request.confirmed_at,
            "client": row.request.legal_name, "email": row.request.email, "participants": len(row.lines),
            "match": row.client.number, "certainty": row.client.certainty, "reason": row.client.reason,
        }
        for row in rows
    ]  # fmt: skip
    return {"count": shown.paginator.count, "page": shown.number, "pages": shown.paginator.num_pages, "items": items}


@router.get("/plan", auth=READ, response={200: PlanOut} | REFUSALS)
def plan(request: HttpRequest, method: Method = Method.DEALS) -> dict[str, Any]:
    """The dry run: how many would go where, and the first 200 lines. Nothing is written."""
    found = queries.dry_run(method=method, seen_by=request.actor, at=request.at)  # type: ignore[attr-defined]
    first = [(row, row.destination.place) for row in islice(found, LINES)]
    places = Counter(place for _row, place in first) + Counter(row.destination.place for row in found)
    items = [
        PlannedOut(
            reference=row.request.reference, client=row.request.legal_name, place=place, reason=row.destination.reason
        )
        for row, place in first
    ]
    return {"total": sum(places.values()), "places": dict(places), "items": items}


@router.post("/runs", auth=APPLY, response={202: RunOut} | REFUSALS)
def apply(
    request: HttpRequest, wanted: ApplyIn, idempotency_key: str = Header(..., alias="Idempotency-Key")
) -> Status[dict[str, Any]]:
    """A run is started and answers at once; follow it at `runs/{reference}`. The same key is the same run."""
    by = request.actor  # type: ignore[attr-defined]
    chosen = options.named(
        sales_rep=wanted.sales_rep, territory=wanted.territory, level=wanted.level, no_mail=wanted.no_mail,
        print_report=wanted.print_report, by=by,
    )  # fmt: skip
    ids = None if wanted.references is None else intake.ids_of(wanted.references, seen_by=by)
    started = starting.start(
        ticket=f"api:{idempotency_key}"[:64], method=options.method(wanted.method), options=chosen, request_ids=ids,
        by=by, at=request.at,  # type: ignore[attr-defined]
    )  # fmt: skip
    return Status(202, _run(started.reference, by))


@router.get("/runs/{reference}", auth=READ, response={200: RunOut} | REFUSALS)
def run(request: HttpRequest, reference: str) -> dict[str, Any]:
    """A run, and how far it is."""
    return _run(reference, request.actor)  # type: ignore[attr-defined]


def _run(reference: str, by: Any) -> dict[str, Any]:
    found = queries.run(reference, seen_by=by)
    reached = queries.progress(found)
    return {
        "reference": found.reference, "state": found.state, "total": reached.total, "done": reached.done,
        "skipped": reached.skipped, "places": reached.by_place, "report": found.report_name,
    }  # fmt: skip
