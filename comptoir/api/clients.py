"""Clients for programs: who a requester is, which records may be one (B6, G3); as the command line's, page by page.

T62: a token that reads clients is told who they are. It is the organisation's own, never a web page's.
"""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from comptoir.api.clients_schemas import MatchesOut, MatchIn, PairsPage, ScanIn, ScanOut
from comptoir.api.door import Token
from comptoir.api.schemas import Refused
from comptoir.base.errors import Missing
from comptoir.clients import duplicates as found
from comptoir.clients import matching
from comptoir.clients.commands import duplicates as commands
from comptoir.clients.identity import Identity
from comptoir.clients.states import Certainty
from comptoir.organisations.states import Scope

READ, WRITE = Token(Scope.CLIENTS_READ), Token(Scope.CLIENTS_WRITE)
router = Router(tags=["clients"])
PAGE = 200
LEVELS = {"": None, "certain": Certainty.CERTAIN, "probable": Certainty.PROBABLE}
REFUSALS: dict[int, Any] = {401: dict[str, str], 403: Refused, 404: Refused, 409: Refused, 422: Refused}


@router.post("/match", auth=READ, response={200: MatchesOut} | REFUSALS)
def match(request: HttpRequest, wanted: MatchIn) -> dict[str, Any]:
    """The client each requester most likely is, or none, with the certainty and its reasons. Nothing is written."""
    asked = [
        Identity(
            legal_name=one.legal_name, siret=one.siret, client_number=one.number, email=one.email, phone=one.phone,
            address=one.address, postcode=one.postcode, city=one.city, person=one.contact,
        )
        for one in wanted.requests
    ]  # fmt: skip
    answers = matching.recognised(asked, seen_by=request.actor)  # type: ignore[attr-defined]
    return {"items": [_match(one.id, answer) for one, answer in zip(wanted.requests, answers, strict=True)]}


@router.get("/duplicates", auth=READ, response={200: PairsPage} | REFUSALS)
def duplicates(request: HttpRequest, level: str = "", after: str = Query("", max_length=80)) -> dict[str, Any]:
    """The pairs the last search left, the surest first, 200 a page; `after` is the `next` of the page before."""
    by: Any = request.actor  # type: ignore[attr-defined]
    if level not in LEVELS:
        raise Missing("Cette certitude n’existe pas\u00a0: certain ou probable.")
    rows, mark = found.pairs_after(after, seen_by=by, level=LEVELS[level], limit=PAGE)
    items = [
        {"left": _side(one.left), "right": _side(one.right), "certainty": one.level, "score": one.score,
         "reason": one.reason}
        for one in rows
    ]  # fmt: skip
    return {"scan": found.last_scan(seen_by=by), "next": mark, "items": items}


@router.post("/scans", auth=WRITE, response={202: ScanOut} | REFUSALS)
def search(request: HttpRequest, wanted: ScanIn) -> Status[Any]:
    """Duplicates are looked for by the background rounds; one that is due or under way is that one. Follow it below."""
    by: Any = request.actor  # type: ignore[attr-defined]
    commands.ask_scan(by=by, at=request.at, whole=wanted.whole)  # type: ignore[attr-defined]
    return Status(202, found.last_scan(seen_by=by))


@router.get("/scans/last", auth=READ, response={200: ScanOut} | REFUSALS)
def scan(request: HttpRequest) -> Any:
    """The search under way, else the last one."""
    last = found.last_scan(seen_by=request.actor)  # type: ignore[attr-defined]
    if last is None:
        raise Missing("Aucune recherche de doublons n’a encore été demandée.")
    return last


def _match(asked: str, answer: matching.Match | None) -> dict[str, Any]:
    if answer is None:
        nobody = dict.fromkeys(("client", "imported_id", "legal_name", "reason"), "")
        return {"id": asked, **nobody, "certainty": Certainty.NONE, "score": 0.0, "others": []}
    return {
        "id": asked, "client": answer.number, "imported_id": answer.imported_id, "legal_name": answer.legal_name,
        "certainty": answer.certainty, "score": answer.score, "reason": answer.reason, "others": answer.others,
    }  # fmt: skip


def _side(client: Any) -> dict[str, str]:
    return {
        "client": client.number, "imported_id": client.imported_id, "legal_name": client.legal_name,
        "city": client.city,
    }  # fmt: skip
