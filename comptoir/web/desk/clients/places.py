"""Where else a client is reached: add, change, remove."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comptoir.base.errors import attempt
from comptoir.clients import queries
from comptoir.clients.commands import places as commands
from comptoir.web.desk.clients.doors import keeper
from comptoir.web.desk.clients.forms import PlaceForm
from comptoir.web.shared.refused import put_on


@require_http_methods(["GET", "HEAD", "POST"])
@keeper
def new(request: HttpRequest, client_id: int) -> HttpResponse:
    """A blank form; POST adds the place."""
    here: Any = request
    row = queries.client(client_id, seen_by=here.actor)
    form = PlaceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if not put_on(form, attempt(commands.add_place, client_id=client_id, by=here.actor, at=here.at, **said)):
            messages.success(request, _("Les coordonnées sont ajoutées."))
            return redirect("desk:client", client_id)
    return _form(request, form, {"row": row})


@require_http_methods(["GET", "HEAD", "POST"])
@keeper
def place(request: HttpRequest, place_id: int) -> HttpResponse:
    """The place as it stands; POST changes it."""
    here: Any = request
    row = queries.place(place_id, seen_by=here.actor)
    form = PlaceForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(row, name) for name in PlaceForm.base_fields},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if not put_on(form, attempt(commands.change_place, place_id=place_id, by=here.actor, at=here.at, **said)):
            messages.success(request, _("Les coordonnées sont enregistrées."))
            return redirect("desk:client", row.client_id)
    return _form(request, form, {"row": row.client, "place": row})


@require_http_methods(["GET", "HEAD", "POST"])
@keeper
def remove(request: HttpRequest, place_id: int) -> HttpResponse:
    """What removing would do; POST does it."""
    here: Any = request
    row = queries.place(place_id, seen_by=here.actor)
    if request.method == "POST":
        commands.remove_place(place_id=place_id, by=here.actor, at=here.at)
        messages.success(request, _("Les coordonnées sont retirées."))
        return redirect("desk:client", row.client_id)
    return render(request, "desk/clients/place_remove.html", {"row": row.client, "place": row})


def _form(request: HttpRequest, form: PlaceForm, context: dict[str, Any]) -> HttpResponse:
    return render(request, "desk/clients/place.html", {"form": form, **context}, status=422 if form.errors else 200)
