"""« Validation des comptes »: complete accounts, those to validate first, with the dues of the year beside (E8)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from comptoir.members import queries
from comptoir.members.commands import validation
from comptoir.members.states import MemberState
from comptoir.web.desk.members.doors import administrator
from comptoir.web.shared import keyset

A_PAGE = 50
MOST = 500  # at once


@require_safe
@administrator
def accounts(request: HttpRequest) -> HttpResponse:
    """A page of the accounts; `etat` keeps one state only."""
    return _shown(request)


@require_POST
@administrator
def validate(request: HttpRequest) -> HttpResponse:
    """The ticked accounts are validated; the page says which were not, and why."""
    here: Any = request
    ids = [int(one) for one in request.POST.getlist("ids")[:MOST] if one.isdecimal() and len(one) < 19]
    outcome = validation.validate_members(member_ids=ids, by=here.actor, at=here.at)
    if outcome.done:
        count = len(outcome.done)
        sentence = ngettext("%(n)s compte est validé.", "%(n)s comptes sont validés.", count)
        messages.success(request, sentence % {"n": count})
    if not ids:
        messages.info(request, _("Cochez au moins un compte."))
    if outcome.skipped:
        return _shown(request, skipped=outcome.skipped)
    return redirect("desk:members-validation")


def _shown(request: HttpRequest, skipped: Any = ()) -> HttpResponse:
    here: Any = request
    today = localdate(here.at)
    state = request.GET.get("etat", "")
    state = state if state in MemberState.values else ""
    page = keyset.page(
        request, queries.complete(seen_by=here.actor, on=today, state=state), keyset.Order(queries.VALIDATION_ORDER),
        count=queries.complete_count(seen_by=here.actor, state=state), size=A_PAGE,
    )  # fmt: skip
    context = {
        "page": page,
        "rows": page.rows,
        "state": state,
        "states": MemberState.choices,
        "year": today.year,
        "skipped": skipped,
    }
    return render(request, "desk/members/validation.html", context)
