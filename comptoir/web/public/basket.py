"""The basket: put a session in, change how many come, take it out, take its new price."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from comptoir.base.errors import Refusal, attempt
from comptoir.catalogue import showcase
from comptoir.checkout import queries as checkout
from comptoir.courses.queries import course_reference
from comptoir.preregistrations.commands import baskets
from comptoir.preregistrations.queries.baskets import MOST_PEOPLE, Contents
from comptoir.web.public import source
from comptoir.web.public.pages import basket_of, basket_token, keep_basket, shown
from comptoir.web.public.steps import progress
from comptoir.web.public.summary import summary
from comptoir.web.shared.doors import public
from comptoir.web.shared.samesite import check_same_site

RETURNS = ("counter:basket", "counter:review")
NO_NUMBER = -1  # what is not a number is no number of people either, and the domain says so


@require_safe
@public
def basket(request: Any) -> HttpResponse:
    """What was chosen, what it comes to, and what has changed since."""
    contents = basket_of(request)
    if contents is None or not contents.lines:
        return _empty(request, contents)
    review = checkout.review(contents, seen_by=request.actor, at=request.at)
    context = {
        "review": review,
        "summary": summary(review),
        "next": f"counter:{progress(contents).furthest}",
        "most_people": MOST_PEOPLE,
    }
    return shown(request, "counter/basket.html", context, contents=contents)


def _empty(request: Any, contents: Contents | None) -> HttpResponse:
    confirmed = contents is not None and contents.confirmed_at is not None
    context = {"no_cookie": "ajout" in request.GET and not basket_token(request), "confirmed": confirmed}
    return shown(request, "counter/basket_empty.html", context, contents=contents)


@csrf_exempt  # `check_same_site` stands for the token, so that the page with the button may be kept by anybody
@require_POST
@public
def put_in(request: Any) -> HttpResponse:
    """« Je m'inscris » (A2): the session is in the basket, then the basket is shown."""
    check_same_site(request)
    try:
        source.count("basket", request, at=request.at)
    except source.TooMany as refusal:
        return _patience(request, refusal)
    session_id = _number(request.POST.get("session"))
    if reference := course_reference(session_id, organisation_id=request.organisation.pk):
        return redirect("counter:course", reference)  # one person at a time, on its own page (F1)
    seat_type = request.POST.get("seat_type")
    try:
        token = baskets.put_in(
            token=basket_token(request),
            session_id=session_id,
            seat_type_id=_number(seat_type) if seat_type else None,
            quantity=_number(request.POST.get("quantity", "1")),
            by=request.actor,
            at=request.at,
        )
    except Refusal as refusal:
        return _refused(request, session_id, refusal)
    return keep_basket(redirect(reverse("counter:basket", query={"ajout": "1"})), token)


def _patience(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """429: later, the same is welcome (T78)."""
    response = render(request, "shared/refusal.html", {"refusal": refusal}, status=429)
    response.headers["Retry-After"] = "600"
    return response


def _refused(request: HttpRequest, session_id: int, refusal: Refusal) -> HttpResponse:
    if refusal.kind == "missing":
        raise Http404(refusal.sentence) from refusal
    messages.error(request, refusal.sentence)
    slug = showcase.slug_of(session_id, organisation_id=request.organisation.pk)  # type: ignore[attr-defined]
    return redirect("counter:activity", slug=slug) if slug else redirect("counter:basket")


@require_POST
@public
def change(request: Any, line_id: int) -> HttpResponse:
    """That many people come, or none: « Retirer »."""
    contents = basket_of(request)
    if contents is None:
        raise Http404
    basket_id, by, at = contents.basket_id, request.actor, request.at
    if "retirer" in request.POST:
        refusal = attempt(baskets.take_out, basket_id=basket_id, line_id=line_id, by=by, at=at)
        return _answered(request, refusal, _("La session est retirée de votre panier."))
    if "prix" in request.POST:
        refusal = attempt(baskets.take_price, basket_id=basket_id, line_id=line_id, by=by, at=at)
        return _answered(request, refusal, _("Le nouveau prix est pris en compte."))
    quantity = _number(request.POST.get("quantity"))
    return _answered(
        request,
        attempt(baskets.change_quantity, basket_id=basket_id, line_id=line_id, quantity=quantity, by=by, at=at),
    )


def _answered(request: HttpRequest, refusal: Refusal | None, done: str = "") -> HttpResponse:
    if refusal is not None and refusal.kind == "missing":
        raise Http404(refusal.sentence)
    if refusal is not None:
        messages.error(request, refusal.sentence)
    elif done:
        messages.success(request, done)
    wanted = request.POST.get("suite", "")
    return redirect(wanted if wanted in RETURNS else "counter:basket")


def _number(text: object) -> int:
    text = str(text or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else NO_NUMBER
