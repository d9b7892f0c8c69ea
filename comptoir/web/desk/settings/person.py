"""One member of the team: role, address, link to choose a password, end of access."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.administration.commands import staff as commands
from comptoir.base.errors import attempt
from comptoir.organisations import queries
from comptoir.web.desk.settings.doors import administrator
from comptoir.web.desk.settings.forms import AddressForm, PersonForm
from comptoir.web.desk.settings.people import territory_choices
from comptoir.web.desk.settings.sections import sections
from comptoir.web.shared.refused import put_on


@require_http_methods(["GET", "HEAD", "POST"])
@administrator
def person(request: HttpRequest, staff_id: int) -> HttpResponse:
    """Role, territory and phone; POST changes them."""
    here: Any = request
    row = _row(here, staff_id)
    initial = {"role": row.role, "territory": row.territory_id, "phone": row.phone}
    form = PersonForm(request.POST or None, initial=initial, territories=_territories(here, row))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        refusal = attempt(
            commands.change_staff,
            staff_id=staff_id,
            role=values["role"],
            territory_id=values["territory"],
            phone=values["phone"],
            by=here.actor,
            at=here.at,
        )
        if not put_on(form, refusal):
            messages.success(request, _("C’est enregistré."))
            return redirect("desk:settings-person", staff_id)
    return _page(here, row, form=form)


@require_POST
@administrator
def address(request: HttpRequest, staff_id: int) -> HttpResponse:
    """The address of the account: added when missing (E3), corrected when wrong."""
    here: Any = request
    row = _row(here, staff_id)
    form = AddressForm(request.POST)
    if form.is_valid():
        email = form.cleaned_data["email"]
        refusal = attempt(commands.set_staff_email, staff_id=staff_id, email=email, by=here.actor, at=here.at)
        if not put_on(form, refusal):
            messages.success(request, _("L’adresse est enregistrée."))
            return redirect("desk:settings-person", staff_id)
    return _page(here, row, address_form=form)


@require_POST
@administrator
def link(request: HttpRequest, staff_id: int) -> HttpResponse:
    """« Renvoyer mot de passe »: a single-use link goes to the person."""
    here: Any = request
    row = _row(here, staff_id)
    refusal = attempt(commands.send_password_link, staff_id=staff_id, by=here.actor, at=here.at)
    if refusal is not None:
        return _page(here, row, refusal=refusal)
    email = row.user.email
    messages.success(request, _("Un lien valable 24 heures part à %(email)s.") % {"email": email})
    return redirect("desk:settings-person", staff_id)


@require_POST
@administrator
def close(request: HttpRequest, staff_id: int) -> HttpResponse:
    """The person can no longer come in, from the next request on."""
    return _acted(request, staff_id, commands.deactivate_staff, _("L’accès est fermé, et ses sessions avec."))


@require_POST
@administrator
def reopen(request: HttpRequest, staff_id: int) -> HttpResponse:
    """The person can come in again."""
    return _acted(request, staff_id, commands.reactivate_staff, _("L’accès est de nouveau ouvert."))


def _acted(request: Any, staff_id: int, command: Any, sentence: str) -> HttpResponse:
    row = _row(request, staff_id)
    refusal = attempt(command, staff_id=staff_id, by=request.actor, at=request.at)
    if refusal is not None:
        return _page(request, row, refusal=refusal)
    messages.success(request, sentence)
    return redirect("desk:settings-person", staff_id)


def _row(request: Any, staff_id: int) -> Any:
    row = queries.staff(seen_by=request.actor).filter(pk=staff_id).first()
    if row is None:
        raise Http404
    return row


def _territories(request: Any, row: Any) -> list[tuple[int, str]]:
    """Those that can be chosen, and the one the person has even if it is closed."""
    found = territory_choices(request.actor)
    if row.territory and (row.territory_id, row.territory.name) not in found:
        found.append((row.territory_id, row.territory.name))
    return found


def _page(request: Any, row: Any, **parts: Any) -> HttpResponse:
    initial = {"role": row.role, "territory": row.territory_id, "phone": row.phone}
    context = {
        "row": row,
        "form": PersonForm(initial=initial, territories=_territories(request, row)),
        "address_form": AddressForm(initial={"email": row.user.email}),
        "sections": sections("desk:settings-staff"),
        "refusal": None,
        **parts,
    }
    wrong = context["refusal"] or context["form"].errors or context["address_form"].errors
    return render(request, "desk/settings/person.html", context, status=422 if wrong else 200)
