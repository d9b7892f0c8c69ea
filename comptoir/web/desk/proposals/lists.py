"""Proposals that wait: to be followed up first, then the others; those ticked are asked again at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from comptoir.base.errors import Refusal
from comptoir.proposals import queries, sentences
from comptoir.proposals.commands import reminding
from comptoir.web.desk.proposals.doors import seller
from comptoir.web.shared.paging import page_of

VIEWS = ("due", "waiting")


@require_safe
@seller
def proposals(request: HttpRequest) -> HttpResponse:
    """« À relancer », or all that wait for an answer."""
    here: Any = request
    view = request.GET.get("voir", "due")
    view = view if view in VIEWS else "due"
    lists = {
        "due": queries.to_remind(seen_by=here.actor, at=here.at),
        "waiting": queries.waiting(seen_by=here.actor),
    }
    page = page_of(request, lists[view])
    rows = [
        {"row": one, "is_late": one.deadline_at < here.at,
         "said": sentences.awaited(one.sent_at, one.deadline_at, one.session.time_zone)}
        for one in page
    ]  # fmt: skip
    counts = {name: page.paginator.count if name == view else found.count() for name, found in lists.items()}
    context = {"view": view, "page": page, "rows": rows} | counts
    return render(request, "desk/proposals/proposals.html", context)


@require_POST
@seller
def remind(request: HttpRequest) -> HttpResponse:
    """Those ticked are asked again."""
    here: Any = request
    ids = [int(one) for one in request.POST.getlist("ids") if one.isdecimal()]
    try:
        count = reminding.remind(proposal_ids=ids, by=here.actor, at=here.at)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        said = ngettext("%(n)d client est relancé.", "%(n)d clients sont relancés.", count)
        messages.success(request, said % {"n": count})
    return redirect("desk:proposals")
