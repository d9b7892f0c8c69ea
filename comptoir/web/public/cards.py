"""Pay by card: leave for the provider's page, come back, and what the provider calls us for (C23)."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csp import csp_override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from comptoir.base.errors import Refusal
from comptoir.bookings.links import opened_by
from comptoir.cards import queries
from comptoir.cards.commands import answering, starting
from comptoir.cards.providers.seam import NotSigned, ProviderDown
from comptoir.organisations.actors import registrant
from comptoir.web.public.pages import shown
from comptoir.web.shared.doors import public
from comptoir.web.shared.languages import follow

LARGEST_CALL = 256 * 1024


def _leaving() -> dict[str, Any]:
    """The policy of pages whose forms end on the provider's page: browsers follow a form's redirections too."""
    own = urlsplit(settings.STRIPE_URL)
    pages = "https://checkout.stripe.com" if own.hostname == "api.stripe.com" else f"{own.scheme}://{own.netloc}"
    own_policy: dict[str, Any] = settings.SECURE_CSP
    return own_policy | {"form-action": [*own_policy["form-action"], pages]}


def may_leave(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The page has a form that leads to the provider's page."""

    @wraps(view)
    def inner(*args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = csp_override(_leaving())(view)(*args, **kwargs)
        return answer

    return inner


def leave(request: Any, *, reference: str, link: str, cents: int, otherwise: str) -> HttpResponse:
    """To the page to pay on; or, with what stands in the way said, to `otherwise`."""
    by = registrant(request.organisation.pk)
    if booking := opened_by(reference, link, organisation_id=request.organisation.pk):
        follow(request, booking.language)
    try:
        return redirect(starting.start(reference=reference, link=link, cents=cents, by=by, at=request.at))
    except Refusal as refusal:
        if refusal.kind == "missing":
            raise
        messages.error(request, refusal.sentence)
        return redirect(otherwise)


@require_POST
@public
def pay(request: HttpRequest, reference: str, link: str) -> HttpResponse:
    """From the page of one's booking."""
    cents = request.POST.get("cents", "")
    amount = int(cents) if cents.isdecimal() and len(cents) < 12 else 0
    return leave(request, reference=reference, link=link, cents=amount, otherwise="../")


@require_safe
@may_leave
@public
def back(request: HttpRequest, key: str) -> HttpResponse:
    """Where one comes back, paid or not: what is known now. Nobody keeps this page, or learns its address."""
    here: Any = request
    found = queries.back(key, organisation_id=here.organisation.pk, at=here.at)
    follow(request, found.card.booking.language)
    template = "counter/_card_state.html" if here.htmx else "counter/card.html"
    response = shown(request, template, {"found": found, "card": found.card, "booking": found.card.booking})
    response.headers["Referrer-Policy"] = "strict-origin"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
@public
def check(request: HttpRequest, key: str) -> HttpResponse:
    """The provider is asked; then the page again."""
    here: Any = request
    try:
        answering.check(key=key, by=here.actor, at=here.at)
    except ProviderDown as down:
        messages.warning(request, down.sentence)
    return redirect("counter:card", key)


@csrf_exempt  # its signature stands for the token
@require_POST
@public
def hear(request: HttpRequest, provider: str) -> HttpResponse:
    """A provider's call. 200: taken, or of no concern; 400: not signed; 503: call again."""
    here: Any = request
    if len(request.body) > LARGEST_CALL:
        return HttpResponse(status=413)
    try:
        answering.hear(
            provider=provider, body=request.body, headers=request.headers, organisation_id=here.organisation.pk,
            at=here.at,
        )  # fmt: skip
    except NotSigned:
        return HttpResponse(_("Signature refusée."), status=400, content_type="text/plain; charset=utf-8")
    except ProviderDown as down:
        return HttpResponse(down.sentence, status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=200)
