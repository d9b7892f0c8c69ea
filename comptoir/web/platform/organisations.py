"""The operator's pages: the organisations of the deployment, without anything personal."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.administration.commands import organisations as commands
from comptoir.administration.commands.settings import change_host
from comptoir.administration.commands.staff import add_staff
from comptoir.base.errors import Refusal, attempt
from comptoir.organisations import queries
from comptoir.organisations.actors import operator as operator_actor
from comptoir.organisations.states import Role
from comptoir.web.platform.forms import AdministratorForm, HostForm, OrganisationForm
from comptoir.web.shared.doors import operator
from comptoir.web.shared.refused import put_on


@require_safe
@operator
def organisations(request: HttpRequest) -> HttpResponse:
    """Every organisation, open or closed."""
    return render(request, "platform/organisations.html", {"rows": queries.every()})


@require_http_methods(["GET", "HEAD", "POST"])
@operator
def create(request: HttpRequest) -> HttpResponse:
    """A new organisation and its first administrator, both or neither."""
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _created(request, form):
        messages.success(request, _("L’organisme est ouvert, et son administrateur reçoit un lien."))
        return redirect("platform:organisation", form.cleaned_data["slug"])
    return render(request, "platform/create.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@operator
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation: its address, whether it answers, whether anybody runs it."""
    return _page(request, _row(slug))


@require_POST
@operator
def host(request: HttpRequest, slug: str) -> HttpResponse:
    """The name it answers to."""
    here: Any = request
    row, form = _row(slug), HostForm(request.POST)
    if form.is_valid():
        who = operator_actor(row.pk, request.user.pk)
        if not put_on(form, attempt(change_host, host=form.cleaned_data["host"], by=who, at=here.at)):
            messages.success(request, _("C’est enregistré."))
            return redirect("platform:organisation", slug)
    return _page(request, row, host_form=form)


@require_POST
@operator
def administrator(request: HttpRequest, slug: str) -> HttpResponse:
    """Somebody to run it, while nobody does."""
    here: Any = request
    row, form = _row(slug), AdministratorForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        who = operator_actor(row.pk, request.user.pk)
        refusal = attempt(
            add_staff, login=values["login"], email=values["email"], role=Role.ADMINISTRATOR, by=who, at=here.at
        )
        if not put_on(form, refusal):
            messages.success(request, _("L’administrateur est nommé\u202f; un lien part à son adresse."))
            return redirect("platform:organisation", slug)
    return _page(request, row, administrator_form=form)


@require_POST
@operator
def state(request: HttpRequest, slug: str) -> HttpResponse:
    """Closed or open again, as the button said."""
    here: Any = request
    row, is_active = _row(slug), request.POST.get("is_active") == "1"
    command = commands.reactivate_organisation if is_active else commands.deactivate_organisation
    command(organisation_id=row.pk, by=here.actor, at=here.at)
    messages.success(request, _("L’organisme répond de nouveau.") if is_active else _("L’organisme ne répond plus."))
    return redirect("platform:organisation", slug)


def _created(request: Any, form: OrganisationForm) -> bool:
    values = form.cleaned_data
    try:
        with transaction.atomic():
            pk = commands.create_organisation(
                slug=values["slug"], name=values["name"], host=values["host"], by=request.actor, at=request.at
            )
            who = operator_actor(pk, request.user.pk)
            add_staff(login=values["login"], email=values["email"], role=Role.ADMINISTRATOR, by=who, at=request.at)
    except Refusal as refusal:
        return not put_on(form, refusal)
    return True


def _row(slug: str) -> Any:
    row = queries.every().filter(slug=slug).first()
    if row is None:
        raise Http404
    return row


def _page(request: HttpRequest, row: Any, **parts: Any) -> HttpResponse:
    context = {
        "row": row,
        "host_form": HostForm(initial={"host": row.host}),
        "administrator_form": AdministratorForm(),
        **parts,
    }
    wrong = context["host_form"].errors or context["administrator_form"].errors
    return render(request, "platform/organisation.html", context, status=422 if wrong else 200)
