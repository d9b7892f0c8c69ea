"""The people at a client: add, change, remove, choose the main one, open and close their access."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.administration.commands import client_access
from comptoir.base.errors import Refusal, attempt
from comptoir.clients import queries
from comptoir.clients.commands import contacts as commands
from comptoir.web.desk.clients import detail
from comptoir.web.desk.clients.doors import keeper
from comptoir.web.desk.clients.forms import ContactForm, NewContactForm
from comptoir.web.shared.refused import put_on


@require_http_methods(["GET", "HEAD", "POST"])
@keeper
def new(request: HttpRequest, client_id: int) -> HttpResponse:
    """A blank form; POST adds the contact."""
    here: Any = request
    row = queries.client(client_id, seen_by=here.actor)
    form = NewContactForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if not put_on(form, attempt(commands.add_contact, client_id=client_id, by=here.actor, at=here.at, **said)):
            messages.success(request, _("L’interlocuteur est ajouté."))
            return redirect("desk:client", client_id)
    return _form(request, form, {"row": row})


@require_http_methods(["GET", "HEAD", "POST"])
@keeper
def contact(request: HttpRequest, contact_id: int) -> HttpResponse:
    """The contact as it stands; POST changes it."""
    here: Any = request
    row = queries.contact(contact_id, seen_by=here.actor)
    initial = {name: getattr(row, name) for name in ("first_name", "last_name", "email", "phone")}
    form = ContactForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if not put_on(form, attempt(commands.change_contact, contact_id=contact_id, by=here.actor, at=here.at, **said)):
            messages.success(request, _("L’interlocuteur est enregistré."))
            return redirect("desk:client", row.client_id)
    return _form(request, form, {"row": row.client, "contact": row})


@require_http_methods(["GET", "HEAD", "POST"])
@keeper
def remove(request: HttpRequest, contact_id: int) -> HttpResponse:
    """What removing would do; POST does it."""
    here: Any = request
    row = queries.contact(contact_id, seen_by=here.actor)
    if request.method == "POST":
        commands.remove_contact(contact_id=contact_id, by=here.actor, at=here.at)
        messages.success(request, _("%(name)s n’est plus interlocuteur de ce client.") % {"name": row})
        return redirect("desk:client", row.client_id)
    return render(request, "desk/clients/contact_remove.html", {"row": row.client, "contact": row})


@require_POST
@keeper
def main(request: HttpRequest, contact_id: int) -> HttpResponse:
    """This contact is the main one from now on."""
    sentence = _("%(name)s est l’interlocuteur principal.")
    return _acted(request, contact_id, commands.set_main_contact, sentence)


@require_POST
@keeper
def invite(request: HttpRequest, contact_id: int) -> HttpResponse:
    """A link to the client's space is on its way."""
    sentence = _("Un lien valable 24 heures part à %(email)s.")
    return _acted(request, contact_id, client_access.invite_contact, sentence)


@require_POST
@keeper
def shut(request: HttpRequest, contact_id: int) -> HttpResponse:
    """The contact no longer reaches the client's space."""
    return _acted(request, contact_id, commands.withdraw_access, _("L’accès de %(name)s est fermé."))


def _acted(request: Any, contact_id: int, command: Any, sentence: str) -> HttpResponse:
    row = queries.contact(contact_id, seen_by=request.actor)
    try:
        command(contact_id=contact_id, by=request.actor, at=request.at)
    except Refusal as refusal:
        return detail.shown(request, row.client_id, refusal=refusal)
    email = row.user.email if row.user else row.email
    messages.success(request, sentence % {"name": row, "email": email})
    return redirect("desk:client", row.client_id)


def _form(request: HttpRequest, form: ContactForm, context: dict[str, Any]) -> HttpResponse:
    return render(request, "desk/clients/contact.html", {"form": form, **context}, status=422 if form.errors else 200)
