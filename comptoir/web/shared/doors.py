"""The doors of the pages: who comes in, and what a refusal becomes."""

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Any, overload

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from comptoir.base.errors import Kind, Refusal
from comptoir.freshness import kept
from comptoir.organisations import queries
from comptoir.organisations.actors import Actor, visitor
from comptoir.organisations.actors import operator as operator_actor

STATUS: dict[Kind, int] = {"invalid": 422, "forbidden": 403, "missing": 404, "conflict": 409, "unavailable": 503}
View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """Anybody, on the organisation's counter; `request.actor` is a visitor."""

    @wraps(view)
    def inner(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        request.actor = visitor(request.organisation.pk)
        return _answered(request, view, *args, **kwargs)

    return inner


@overload
def desk(view: View) -> View: ...
@overload
def desk(*, allow: Callable[[Actor], bool]) -> Callable[[View], View]: ...
def desk(view: View | None = None, *, allow: Callable[[Actor], bool] = lambda _actor: True) -> Any:
    """Signed-in staff of this organisation, whom `allow` lets in; anybody else gets the sign-in page, 404 or 403."""
    return _desk(view, allow) if view is not None else lambda inner: _desk(inner, allow)


def _desk(view: View, allow: Callable[[Actor], bool]) -> View:
    @wraps(view)
    def inner(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        actor = queries.actor_of(request.user.pk, organisation_id=request.organisation.pk)
        if actor is None:
            raise Http404
        request.actor = actor
        if not allow(actor):
            return render(request, "shared/403.html", status=403)
        return _answered(request, view, *args, **kwargs)

    return inner


def operator(view: View) -> View:
    """The platform's operator, on the platform's own pages; anybody else is told there is no such page."""

    @wraps(view)
    def inner(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not request.user.is_operator:
            raise Http404
        request.actor = operator_actor(user_id=request.user.pk)
        return _answered(request, view, *args, **kwargs)

    return inner


def _answered(request: HttpRequest, view: View, *args: Any, **kwargs: Any) -> HttpResponse:
    """A refusal that the view did not turn into words itself becomes a page with the right status."""
    is_reading = request.method in ("GET", "HEAD")
    try:
        with kept.one_look() if is_reading else nullcontext():
            return view(request, *args, **kwargs)
    except Refusal as refusal:
        if refusal.kind == "missing":
            raise Http404(refusal.sentence) from refusal
        return render(request, "shared/refusal.html", {"refusal": refusal}, status=STATUS[refusal.kind])
