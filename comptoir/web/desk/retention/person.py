"""« Une personne »: everything held about her, the file to give her, and the erasure she asked for.

The address travels in forms only: never in an address of ours, which logs and histories would keep.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.base.errors import Refusal
from comptoir.base.text import email_key
from comptoir.retention.commands import persons
from comptoir.retention.holdings import holdings
from comptoir.web.desk.retention.forms import PersonForm
from comptoir.web.desk.settings.doors import administrator
from comptoir.web.desk.settings.sections import sections
from comptoir.web.shared.refused import put_on

SHOWN = 20  # lines of each kind on the screen; the file has all


@require_http_methods(["GET", "HEAD", "POST"])
@administrator
def person(request: HttpRequest) -> HttpResponse:
    """Asks for an address; POST shows what is held. Nothing is written."""
    here: Any = request
    return _page(here, PersonForm(request.POST) if request.method == "POST" else PersonForm())


@require_POST
@administrator
def export(request: HttpRequest) -> HttpResponse:
    """The file for the person."""
    here: Any = request
    form = PersonForm(request.POST)
    if not form.is_valid():
        return _page(here, form)
    try:
        content = persons.export(address=form.cleaned_data["email"], by=here.actor, at=here.at)
    except Refusal as refusal:
        put_on(form, refusal)
        return _page(here, form)
    name = f"donnees-personnelles-{here.at:%Y-%m-%d}.zip"
    return HttpResponse(
        content, content_type="application/zip", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@require_POST
@administrator
def erase(request: HttpRequest) -> HttpResponse:
    """Erases, when the address was typed once more; says what has to be settled first otherwise."""
    here: Any = request
    form = PersonForm(request.POST)
    if not form.is_valid():
        return _page(here, form)
    address, typed = form.cleaned_data["email"], request.POST.get("confirmation", "")
    if email_key(typed) != email_key(address):
        return _page(here, form, typed=typed, is_wrong=True)
    try:
        reference = persons.erase(address=address, by=here.actor, at=here.at)
    except Refusal as refusal:
        return _page(here, form, refusal=refusal)
    said = _("La personne est effacée. Le certificat %(reference)s en garde la preuve, sans la nommer.")
    messages.success(request, said % {"reference": reference})
    return redirect("desk:retention")


def _page(request: Any, form: PersonForm, **more: Any) -> HttpResponse:
    context = {"form": form, "sections": sections("desk:retention"), "who": None, "refusal": None, **more}
    if form.is_bound and form.is_valid():
        who = persons.find(form.cleaned_data["email"], seen_by=request.actor)
        found = holdings(who)
        shown = [(one, [list(zip(one.columns, row, strict=True)) for row in one.rows[:SHOWN]]) for one in found]
        context |= {"who": who, "found": shown}
        context["obstacles"] = persons.obstacles(who) if found else []
    is_wrong = bool(form.errors or more)
    return render(request, "desk/retention/person.html", context, status=422 if is_wrong else 200)
