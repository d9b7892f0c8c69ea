"""The add-ons of a session: add one, change one, take it off the offer or put it back."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.catalogue import queries
from comptoir.catalogue.commands import add_ons as commands
from comptoir.catalogue.commands.add_ons import Extra
from comptoir.organisations.actors import Actor
from comptoir.web.desk.sessions.doors import writer
from comptoir.web.desk.sessions.priced import Pages
from comptoir.web.shared.fields import EurosField


class AddOnForm(forms.Form):
    """An add-on as written."""

    name = forms.CharField(
        label=gettext_lazy("Nom"),
        max_length=80,
        help_text=gettext_lazy("Par exemple «\u202fDéjeuner\u202f», «\u202fNuit d’hôtel\u202f»."),
    )
    price = EurosField(label=gettext_lazy("Prix de chacun"))
    most = forms.IntegerField(label=gettext_lazy("Au plus, pour un participant"), initial=1)
    capacity = forms.IntegerField(
        label=gettext_lazy("En tout"), required=False, help_text=gettext_lazy("Vide\u00a0: autant qu’on en demande.")
    )
    rank = forms.IntegerField(
        label=gettext_lazy("Rang"), required=False, help_text=gettext_lazy("Le plus petit est montré le premier.")
    )


def _read(pk: int, *, seen_by: Actor) -> Any:
    return queries.add_on(add_on_id=pk, seen_by=seen_by)


def _add(session_id: int, said: Extra, **who: Any) -> int:
    return commands.add_add_on(session_id=session_id, extra=said, **who)


def _change(pk: int, said: Extra, **who: Any) -> None:
    commands.change_add_on(add_on_id=pk, extra=said, **who)


def _offer(pk: int, is_on: bool, **who: Any) -> None:
    command = commands.activate_add_on if is_on else commands.deactivate_add_on
    command(add_on_id=pk, **who)


ADD_ONS = Pages(
    AddOnForm,
    written=lambda said: Extra(said["name"], said["price"], said["capacity"], said["most"], said["rank"]),
    read=_read,
    add=_add,
    change=_change,
    offer=_offer,
    anchor="extras",
    blank=gettext_lazy("Nouvel extra"),
    create=gettext_lazy("Ajouter l’extra"),
    help=gettext_lazy(
        "Un participant le prend en s’inscrivant, en plus de sa place. Ceux déjà pris gardent leur prix."
    ),
    added=gettext_lazy("L’extra est ajouté."),
    saved=gettext_lazy("L’extra est enregistré."),
)


@require_http_methods(["GET", "HEAD", "POST"])
@writer
def new(request: HttpRequest, session_id: int) -> HttpResponse:
    """A blank form; POST adds the add-on."""
    return ADD_ONS.new(request, session_id)


@require_http_methods(["GET", "HEAD", "POST"])
@writer
def edit(request: HttpRequest, add_on_id: int) -> HttpResponse:
    """The add-on as it stands; POST changes it for those who take it from now on."""
    return ADD_ONS.edit(request, add_on_id)


@require_POST
@writer
def offer(request: HttpRequest, add_on_id: int) -> HttpResponse:
    """Offered again, or no longer."""
    return ADD_ONS.put_on_offer(request, add_on_id)
