"""Who comes in by the API, and what a refusal becomes there."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.security import HttpBearer

from comptoir.administration.commands import tokens
from comptoir.base.errors import Forbidden, Kind, Several
from comptoir.organisations import queries
from comptoir.organisations.actors import Actor

STATUS: dict[Kind, int] = {"invalid": 422, "forbidden": 403, "missing": 404, "conflict": 409, "unavailable": 503}


class Token(HttpBearer):
    """`Authorization: Bearer cpt_…`, of this organisation, with the scope the operation needs."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The actor of the token; None (401) when there is no such token here."""
        actor = queries.actor_of_token(token)
        if actor is None or actor.organisation_id != request.organisation.pk:  # type: ignore[attr-defined]
            return None
        if self.scope not in actor.scopes:
            raise Forbidden(f"Ce jeton n’a pas le droit « {self.scope} ».")
        if actor.token_id is not None and actor.token_used_on != request.at.date():  # type: ignore[attr-defined]
            tokens.note_use(token_id=actor.token_id, at=request.at)  # type: ignore[attr-defined]
        request.actor = actor  # type: ignore[attr-defined]
        return actor


def refused(api: NinjaAPI) -> Callable[[HttpRequest, Any], HttpResponse]:
    """The handler that turns a refusal into JSON with the status of its kind."""

    def handler(request: HttpRequest, refusal: Any) -> HttpResponse:
        problems = refusal.refusals if isinstance(refusal, Several) else [refusal] if refusal.field else []
        answer = {
            "code": refusal.code, "sentence": refusal.sentence,
            "problems": [{"code": one.code, "field": one.field, "sentence": one.sentence} for one in problems],
        }  # fmt: skip
        return api.create_response(request, answer, status=STATUS[refusal.kind])

    return handler


def malformed(api: NinjaAPI) -> Callable[[HttpRequest, Any], HttpResponse]:
    """The handler for a body of the wrong shape: the same answer as for a wrong value."""

    def handler(request: HttpRequest, error: Any) -> HttpResponse:
        problems: list[dict[str, Any]] = [
            {"code": one["type"], "field": ".".join(str(part) for part in one["loc"][2:]), "sentence": one["msg"]}
            for one in error.errors
        ]
        answer = {"code": "malformed", "sentence": "La demande n’a pas la forme attendue.", "problems": problems}
        return api.create_response(request, answer, status=422)

    return handler
