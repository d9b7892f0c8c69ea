"""The record of a member: where the account stands, the address, the details, the dues, what was done."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.base.errors import attempt
from comptoir.journal import queries as journal
from comptoir.mail import queries as mail
from comptoir.members import fields, owing, queries, renewal
from comptoir.members.access import standing_of
from comptoir.members.commands import details, dues
from comptoir.members.states import Step
from comptoir.web.desk.journal.labels import label
from comptoir.web.desk.members.doors import administrator
from comptoir.web.desk.members.forms import AddressForm, DuesForm, RefuseForm
from comptoir.web.shared.members import DetailsForm, initial_of
from comptoir.web.shared.refused import put_on

RECENT = 12


@require_http_methods(["GET", "HEAD", "POST"])
@administrator
def member(request: HttpRequest, member_id: int) -> HttpResponse:
    """The record; POST changes the details, all or none of them."""
    here: Any = request
    if request.method != "POST":
        return page(here, member_id)
    queries.member(member_id, seen_by=here.actor, on=localdate(here.at))
    form = DetailsForm(request.POST, needed=fields.NAMES, on=localdate(here.at))
    if form.is_valid():
        values = form.cleaned_data
        refusal = attempt(details.change_details, member_id=member_id, values=values, by=here.actor, at=here.at)
        if not put_on(form, refusal):
            messages.success(request, _("Les informations sont enregistrées."))
            return redirect("desk:member", member_id)
    return page(here, member_id, form=form)


@require_POST
@administrator
def add_dues(request: HttpRequest, member_id: int) -> HttpResponse:
    """The dues of a year are recorded."""
    here: Any = request
    form = DuesForm(request.POST, this_year=localdate(here.at).year)
    if form.is_valid():
        values = form.cleaned_data
        if not put_on(form, attempt(dues.record_dues, member_id=member_id, **values, by=here.actor, at=here.at)):
            messages.success(request, _("La cotisation est enregistrée."))
            return redirect("desk:member", member_id)
    return page(here, member_id, dues_form=form)


@require_POST
@administrator
def remove_dues(request: HttpRequest, member_id: int, dues_id: int) -> HttpResponse:
    """Dues recorded by mistake are taken back."""
    here: Any = request
    dues.withdraw_dues(member_id=member_id, dues_id=dues_id, by=here.actor, at=here.at)
    messages.success(request, _("La cotisation est retirée."))
    return redirect("desk:member", member_id)


def page(request: Any, member_id: int, **parts: Any) -> HttpResponse:
    """The record, with the form or the refusal of what was just tried."""
    today = localdate(request.at)
    row = queries.member(member_id, seen_by=request.actor, on=today)
    rules, paid = queries.rules(row.organisation_id), list(queries.dues(row.pk))
    proposed = {"year": today.year, "paid_on": today, "amount_cents": rules.dues_cents}
    missing = standing_of(row).missing
    context = {
        "row": row,
        "steps": [(step, step not in missing) for step in Step],
        "has_full_access": not missing,
        "is_complete": row.email_checked and row.details_complete,
        "form": DetailsForm(initial=initial_of(row), needed=fields.NAMES, on=today),
        "address_form": AddressForm(initial={"email": row.user.email}),
        "dues_form": DuesForm(initial=proposed, this_year=today.year, auto_id="dues_%s"),
        "refuse_form": RefuseForm(),
        "dues": paid,
        "reminders": list(owing.reminders(row.pk)[:RECENT]),
        "asked_year": _asked_year(row, {one.year for one in paid}, rules, today),
        "mails": mail.of(row.number, seen_by=request.actor)[:RECENT],
        "acts": [(one, label(one.what)) for one in journal.about(row.number, seen_by=request.actor)[:RECENT]],
        "refusal": None,
        **parts,
    }
    wrong = context["refusal"] or any(context[f"{name}form"].errors for name in ("", "address_", "dues_", "refuse_"))
    return render(request, "desk/members/member.html", context, status=422 if wrong else 200)


def _asked_year(row: Any, paid: set[int], rules: Any, today: date) -> int | None:
    """The year whose dues a reminder would ask for: the first that is missing; None when nothing is to be asked."""
    asked = renewal.years(rules, today=today) if row.is_validated else []
    return next((year for year in asked if year not in paid), None)
