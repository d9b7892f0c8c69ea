"""Create and change a client; one that may exist already is shown before it is made again (G2)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comptoir.base.errors import Refusal
from comptoir.clients import queries
from comptoir.clients.commands import clients as commands
from comptoir.clients.commands.clients import ClientKnown
from comptoir.clients.states import ClientKind
from comptoir.web.desk.clients.doors import keeper
from comptoir.web.desk.clients.forms import ClientForm, NewClientForm, initial_of
from comptoir.web.shared.refused import put_on


@require_http_methods(["GET", "HEAD", "POST"])
@keeper
def new(request: HttpRequest) -> HttpResponse:
    """A blank form; POST makes the client, unless it is known and nobody said « anyway »."""
    here: Any = request
    form = NewClientForm(
        request.POST if request.method == "POST" else None, actor=here.actor, initial={"kind": ClientKind.FIRM}
    )
    known = None
    if request.method == "POST" and form.is_valid():
        unless_known = "anyway" not in request.POST
        try:
            made = commands.create_client(unless_known=unless_known, by=here.actor, at=here.at, **form.details())
        except ClientKnown as refusal:
            known = refusal
        except Refusal as refusal:
            put_on(form, refusal)
        else:
            row = queries.client(made, seen_by=here.actor)
            messages.success(request, _("Le client est créé sous le numéro %(number)s.") % {"number": row.number})
            return redirect("desk:client", made)
    status = 409 if known else 422 if form.errors else 200
    return render(request, "desk/clients/form.html", {"form": form, "known": known}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@keeper
def edit(request: HttpRequest, client_id: int) -> HttpResponse:
    """The client as it stands; POST changes what differs."""
    here: Any = request
    row = queries.client(client_id, seen_by=here.actor)
    form = ClientForm(request.POST if request.method == "POST" else None, actor=here.actor, initial=initial_of(row))
    if row.doubtful_siret:
        said = _("Le fichier d’origine donnait «\u202f%(siret)s\u202f», qui n’est pas un SIRET.") % {
            "siret": row.doubtful_siret
        }
        form.fields["siret"].help_text = said
    if request.method == "POST" and form.is_valid():
        try:
            commands.change_client(client_id=client_id, by=here.actor, at=here.at, **form.details())
        except Refusal as refusal:
            put_on(form, refusal)
        else:
            messages.success(request, _("Le client est enregistré."))
            return redirect("desk:client", client_id)
    context = {"form": form, "row": row}
    return render(request, "desk/clients/form.html", context, status=422 if form.errors else 200)
