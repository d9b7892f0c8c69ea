"""The rates of a session: add one, change one, take it off the offer or put it back."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.catalogue import queries
from comptoir.catalogue.commands import seat_types as commands
from comptoir.catalogue.commands.seat_types import Rate
from comptoir.organisations.actors import Actor
from comptoir.web.desk.sessions.doors import writer
from comptoir.web.desk.sessions.priced import Pages
from comptoir.web.shared.fields import EurosField


class RateForm(forms.Form):
    """A rate as written."""

    name = forms.CharField(
        label=gettext_lazy("Nom"), max_length=80, help_text=gettext_lazy("Par exemple « Plein tarif », « Adhérent ».")
    )
    price = EurosField(label=gettext_lazy("Prix par personne"))
    capacity = forms.IntegerField(
        label=gettext_lazy("Places à ce tarif"), required=False, help_text=gettext_lazy("Vide : celles de la session.")
    )
    rank = forms.IntegerField(
        label=gettext_lazy("Rang"), required=False, help_text=gettext_lazy("Le plus petit est montré le premier.")
    )


def _read(pk: int, *, seen_by: Actor) -> Any:
    return queries.seat_type(seat_type_id=pk, seen_by=seen_by)


def _add(session_id: int, said: Rate, **who: Any) -> int:
    return commands.add_seat_type(session_id=session_id, rate=said, **who)


def _change(pk: int, said: Rate, **who: Any) -> None:
    commands.change_seat_type(seat_type_id=pk, rate=said, **who)


def _offer(pk: int, is_on: bool, **who: Any) -> None:
    command = commands.activate_seat_type if is_on else commands.deactivate_seat_type
    command(seat_type_id=pk, **who)


RATES = Pages(
    RateForm,
    written=lambda said: Rate(said["name"], said["price"], said["capacity"], said["rank"]),
    read=_read,
    add=_add,
    change=_change,
    offer=_offer,
    anchor="tarifs",
    blank=gettext_lazy("Nouveau tarif"),
    create=gettext_lazy("Ajouter le tarif"),
    help=gettext_lazy(
        "Avec des tarifs, chaque participant en choisit un. Les inscriptions déjà prises gardent leur prix."
    ),
    added=gettext_lazy("Le tarif est ajouté."),
    saved=gettext_lazy("Le tarif est enregistré."),
)


@require_http_methods(["GET", "HEAD", "POST"])
@writer
def new(request: HttpRequest, session_id: int) -> HttpResponse:
    """A blank form; POST adds the rate."""
    return RATES.new(request, session_id)


@require_http_methods(["GET", "HEAD", "POST"])
@writer
def edit(request: HttpRequest, seat_type_id: int) -> HttpResponse:
    """The rate as it stands; POST changes it for those who sign up from now on."""
    return RATES.edit(request, seat_type_id)


@require_POST
@writer
def offer(request: HttpRequest, seat_type_id: int) -> HttpResponse:
    """Offered again, or no longer."""
    return RATES.put_on_offer(request, seat_type_id)
