"""Step 4: the reference, what happens next, and nothing left to do. It may be reloaded, and printed."""

from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from comptoir.bookings.commands.telling import what_next
from comptoir.bookings.links import address_of, link_of
from comptoir.bookings.own import Own
from comptoir.checkout.outcome import outcome
from comptoir.preregistrations.queries.own import lines_of
from comptoir.web.public.cards import may_leave
from comptoir.web.public.pages import confirmed_basket, forget_basket, shown
from comptoir.web.public.steps import bar
from comptoir.web.public.summary import vat_name
from comptoir.web.shared.doors import public


@require_safe
@may_leave
@public
def confirmation(request: Any) -> HttpResponse:
    """What this browser's basket became; only its own cookie leads to it."""
    contents = confirmed_basket(request)
    found = contents and outcome(contents, seen_by=request.actor, at=request.at)
    if not found:
        return redirect("counter:basket")
    context = {"found": found, "steps": bar("confirmation"), "booked": [_linked(one) for one in found.booked]}
    context["waiting"] = [_linked(one) for one in found.waiting]
    if sent := found.request:
        lines = lines_of(sent)
        context["vat_name"] = vat_name(line.vat_bp for line in lines)
        context["groups"] = [
            {"session": session, "people": list(people)}
            for session, people in groupby(lines, key=lambda line: line.session)
        ]
    response = shown(request, "counter/confirmation.html", context, contents=contents)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _linked(one: Own) -> dict[str, Any]:
    people = groupby(one.rows, key=lambda row: row.session)
    return {
        "own": one,
        "url": address_of(one.booking),
        "card_url": reverse("counter:booking-card", args=[one.booking.reference, link_of(one.booking)]),
        "groups": [{"session": session, "people": list(rows)} for session, rows in people],
        "next": what_next(one.booking),
    }


@require_POST
@public
def forget(_request: Any) -> HttpResponse:
    """Nothing of it is left in this browser (a shared computer); the request stays."""
    return forget_basket(redirect("counter:catalogue"))
