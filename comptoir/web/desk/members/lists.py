"""« Modifier adhérent »: find a member by name, or make the record that is not there (E2)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comptoir.base.errors import Refusal
from comptoir.members import owing, queries, renewal
from comptoir.members.access import standing_of
from comptoir.members.commands import opening, rules
from comptoir.members.states import LACKS
from comptoir.organisations import addresses
from comptoir.web.desk.members.doors import administrator
from comptoir.web.desk.members.forms import NewMemberForm, RulesForm
from comptoir.web.shared.refused import put_on


@require_safe
@administrator
def members(request: HttpRequest) -> HttpResponse:
    """The members whose names hold the words; without words, the first by name."""
    here: Any = request
    text = request.GET.get("q", "").strip()
    found, has_more = queries.found(text, seen_by=here.actor, on=localdate(here.at))
    rows = [{"member": one, "lacks": [LACKS[step] for step in standing_of(one).missing]} for one in found]
    context = {
        "rows": rows,
        "text": text,
        "has_more": has_more,
        "waiting": queries.waiting_count(seen_by=here.actor),
        "owing": 0 if text else _owing(here),  # a search need not wait for it
    }
    return render(request, "desk/members/members.html", context)


def _owing(here: Any) -> int:
    year = renewal.years(queries.rules(here.organisation.pk), today=localdate(here.at))[-1]
    return owing.some_renewals(seen_by=here.actor, year=year)


@require_http_methods(["GET", "HEAD", "POST"])
@administrator
def new(request: HttpRequest) -> HttpResponse:
    """A blank record, with the name that was looked for; POST makes it."""
    here: Any = request
    last, _space, first = request.GET.get("q", "").strip()[:160].partition(" ")
    form = NewMemberForm(
        request.POST if request.method == "POST" else None,
        initial={"last_name": last, "first_name": first}, on=localdate(here.at),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            member_id = opening.create_member(**form.cleaned_data, by=here.actor, at=here.at)
        except Refusal as refusal:
            put_on(form, refusal)
        else:
            messages.success(request, _("L’adhérent est créé."))
            return redirect("desk:member", member_id)
    return render(request, "desk/members/new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@administrator
def settings(request: HttpRequest) -> HttpResponse:
    """Whether the public may ask for an account, and the amount of the dues."""
    here: Any = request
    kept = queries.rules(here.organisation.pk)
    form = RulesForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(kept, name) for name in RulesForm.base_fields},
    )
    if request.method == "POST" and form.is_valid():
        try:
            rules.set_rules(**form.cleaned_data, by=here.actor, at=here.at)
        except Refusal as refusal:
            put_on(form, refusal)
        else:
            messages.success(request, _("C’est enregistré."))
            return redirect("desk:members-settings")
    context = {
        "form": form,
        "address": addresses.page(here.organisation, "adhesion/"),
        "is_open": kept.is_open,
        "coming": renewal.coming(kept, today=localdate(here.at)),
    }
    return render(request, "desk/members/settings.html", context, status=422 if form.errors else 200)
