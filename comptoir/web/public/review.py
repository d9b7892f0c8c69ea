"""Step 3: the price of this moment, how it is paid, the terms accepted; then all is sent, nothing before (A3)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comptoir.base.errors import Refusal
from comptoir.bookings.links import link_of
from comptoir.catalogue.states import PayMethod
from comptoir.checkout import commands as checkout_commands
from comptoir.checkout import queries as checkout
from comptoir.checkout.accepting import StaleBasket, TermsNotAccepted
from comptoir.checkout.outcome import outcome
from comptoir.preregistrations.queries.baskets import Contents
from comptoir.web.public import guard, source
from comptoir.web.public.cards import leave, may_leave
from comptoir.web.public.pages import basket_of, shown
from comptoir.web.public.prose import written
from comptoir.web.public.steps import back_to, bar
from comptoir.web.public.summary import summary
from comptoir.web.public.walk import with_basket
from comptoir.web.shared.visitor import actor_for, reader_of

SHOWN_BESIDE_THEIR_LINE = frozenset(
    {"session-unavailable", "not-enough-seats", "rate-unknown", "price-changed", "extra-unavailable"}
)


@require_http_methods(["GET", "HEAD", "POST"])
@may_leave
@with_basket("review")
def review(request: Any, contents: Contents) -> HttpResponse:
    """All of it as it would be sent; sent, the last page is shown, however often one presses."""
    if request.method == "POST":
        return _sent(request, contents)
    seen = checkout.review(contents, seen_by=request.actor, at=request.at)
    context = {
        "review": seen,
        "requester": seen.contents.requester(),
        "summary": summary(seen),
        "steps": bar("review", request.reached),
        "reader": reader_of(request),
        "terms_text": written(seen.terms.text) if seen.terms else "",
        "terms_missing": "conditions" in request.GET,
        "method": request.GET.get("moyen", "") if len(seen.methods) != 1 else seen.methods[0],
        "method_missing": "paiement" in request.GET,
        "trap": guard.TRAP,
        "stamp_name": guard.STAMP,
        "stamp": guard.stamp(contents.form_token, at=request.at),
    }
    return shown(request, "counter/review.html", context, contents=contents)


def _sent(request: Any, contents: Contents) -> HttpResponse:
    try:
        guard.check(request.POST, contents.form_token, at=request.at)
        source.count("confirmation", request, at=request.at)
        _confirm(request, contents)
    except StaleBasket as stale:
        messages.error(request, _("Rien n’a été envoyé : quelque chose a changé entre-temps."))
        for one in stale.refusals:
            if one.code not in SHOWN_BESIDE_THEIR_LINE:
                messages.warning(request, one.sentence)
        return _again(request)
    except TermsNotAccepted:
        return _again(request, conditions="1")
    except Refusal as refusal:
        if refusal.kind == "missing":
            raise
        if refusal.field == "method":
            return _again(request, paiement="1")
        messages.error(request, refusal.sentence)
        return _again(request)
    return _to_pay(request) or redirect("counter:confirmation")


def _to_pay(request: Any) -> HttpResponse | None:
    """Whoever pays by card goes to pay at once; None for anybody else."""
    contents = basket_of(request) if request.POST.get("method") == PayMethod.CARD else None
    found = contents and outcome(contents, seen_by=request.actor, at=request.at)
    due = [one for one in found.booked if one.card_cents] if found else []
    if len(due) != 1:
        return None
    booking, cents = due[0].booking, due[0].card_cents[0]
    there, link = reverse("counter:confirmation"), link_of(booking)
    return leave(request, reference=booking.reference, link=link, cents=cents, otherwise=there)


def _again(request: Any, **what: str) -> HttpResponse:
    """The step again, the method chosen being kept."""
    method = request.POST.get("method", "")
    return back_to("review", **({"moyen": method} if method in PayMethod.values else {}), **what)


def _confirm(request: Any, contents: Contents) -> None:
    reader = reader_of(request)
    terms = request.POST.get("terms", "")
    checkout_commands.confirm(
        basket_id=contents.basket_id,
        digest=request.POST.get("digest", ""),
        terms_id=int(terms) if terms.isdecimal() and len(terms) < 18 else None,
        accepted="accepted" in request.POST,
        method=request.POST.get("method", ""),
        client_id=reader.client.pk if reader else None,
        by=actor_for(request, reader),
        at=request.at,
    )
