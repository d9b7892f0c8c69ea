"""Step 4: the reference, what happens next, and nothing left to do. It may be reloaded, and printed."""

from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from comptoir.preregistrations.queries.baskets import request_of
from comptoir.preregistrations.queries.own import lines_of
from comptoir.preregistrations.states import RequestState
from comptoir.web.public.pages import basket_of, forget_basket, shown
from comptoir.web.public.steps import bar
from comptoir.web.public.summary import vat_name
from comptoir.web.shared.doors import public


@require_safe
@public
def confirmation(request: Any) -> HttpResponse:
    """The request this browser's basket became; only its own cookie leads to it."""
    contents = basket_of(request)
    sent = contents and request_of(contents.form_token, organisation_id=request.organisation.pk)
    if not sent or sent.state == RequestState.RECORDED:
        return redirect("counter:basket")
    lines = lines_of(sent)
    groups = [
        {"session": session, "people": list(people)}
        for session, people in groupby(lines, key=lambda line: line.session)
    ]
    context = {
        "sent": sent,
        "groups": groups,
        "steps": bar("confirmation"),
        "vat_name": vat_name(line.vat_bp for line in lines),
    }
    return shown(request, "counter/confirmation.html", context, contents=contents)


@require_POST
@public
def forget(_request: Any) -> HttpResponse:
    """Nothing of it is left in this browser (a shared computer); the request stays."""
    return forget_basket(redirect("counter:catalogue"))
