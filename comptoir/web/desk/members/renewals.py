"""« Cotisations à renouveler »: who has not paid a year, when each was reminded, and reminding one or many."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from comptoir.base.errors import Missing, Refusal
from comptoir.members import owing, queries, renewal
from comptoir.members.commands import renewing
from comptoir.web.desk.members.doors import administrator
from comptoir.web.desk.members.record import page as record
from comptoir.web.shared import keyset

A_PAGE = 50
MOST = 500  # at once


@require_safe
@administrator
def renewals(request: HttpRequest) -> HttpResponse:
    """A page of them; `annee` chooses the year, where two can be asked for."""
    return _shown(request, _year(request, request.GET.get("annee", "")))


@require_POST
@administrator
def remind(request: HttpRequest) -> HttpResponse:
    """The ticked members are reminded; the page says who was not, and why."""
    here: Any = request
    year = _year(request, request.POST.get("annee", ""))
    ids = [int(one) for one in request.POST.getlist("ids")[:MOST] if one.isdecimal() and len(one) < 19]
    outcome = renewing.remind_members(member_ids=ids, year=year, by=here.actor, at=here.at)
    if outcome.done:
        count = len(outcome.done)
        sentence = ngettext("%(n)s rappel est en route.", "%(n)s rappels sont en route.", count)
        messages.success(request, sentence % {"n": count})
    if not ids:
        messages.info(request, _("Cochez au moins un adhérent."))
    if outcome.skipped:
        return _shown(request, year, skipped=outcome.skipped)
    return redirect(f"{reverse('desk:members-renewals')}?annee={year}")


@require_POST
@administrator
def remind_one(request: HttpRequest, member_id: int) -> HttpResponse:
    """One member is reminded, from the record."""
    here: Any = request
    year = _year(request, request.POST.get("annee", ""))
    try:
        renewing.remind_member(member_id=member_id, year=year, by=here.actor, at=here.at)
    except Missing:
        raise
    except Refusal as refusal:
        return record(here, member_id, refusal=refusal)
    messages.success(request, _("Le rappel de la cotisation %(year)s est en route.") % {"year": year})
    return redirect("desk:member", member_id)


def _years(request: Any) -> list[int]:
    return renewal.years(queries.rules(request.organisation.pk), today=localdate(request.at))


def _year(request: Any, asked: str) -> int:
    """The year asked for, where it may be; else the latest that may."""
    years = _years(request)
    return next((year for year in years if str(year) == asked), years[-1])


def _shown(request: HttpRequest, year: int, skipped: Any = ()) -> HttpResponse:
    here: Any = request
    page = keyset.page(
        request, owing.renewals(seen_by=here.actor, year=year), keyset.Order(queries.VALIDATION_ORDER),
        count=owing.renewal_count(seen_by=here.actor, year=year), size=A_PAGE,
    )  # fmt: skip
    context = {"page": page, "rows": page.rows, "year": year, "years": _years(request), "skipped": skipped}
    return render(request, "desk/members/renewals.html", context)
