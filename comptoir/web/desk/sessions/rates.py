"""The rates of a session: add one, change one, take it off the offer or put it back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.base.errors import attempt
from comptoir.catalogue import queries
from comptoir.catalogue.commands import seat_types as commands
from comptoir.catalogue.commands.seat_types import Rate
from comptoir.web.desk.sessions.doors import writer
from comptoir.web.shared.fields import EurosField
from comptoir.web.shared.refused import put_on


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

    def rate(self) -> Rate:
        """As the command takes it."""
        said = self.cleaned_data
        return Rate(said["name"], said["price"], said["capacity"], said["rank"])


@require_http_methods(["GET", "HEAD", "POST"])
@writer
def new(request: HttpRequest, session_id: int) -> HttpResponse:
    """A blank form; POST adds the rate."""
    here: Any = request
    session = queries.session(session_id=session_id, seen_by=here.actor)
    form = RateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        add = commands.add_seat_type
        if not put_on(form, attempt(add, session_id=session_id, rate=form.rate(), by=here.actor, at=here.at)):
            messages.success(request, _("Le tarif est ajouté."))
            return redirect("desk:session", session_id)
    return _asked(request, form, session)


@require_http_methods(["GET", "HEAD", "POST"])
@writer
def edit(request: HttpRequest, seat_type_id: int) -> HttpResponse:
    """The rate as it stands; POST changes it for those who sign up from now on."""
    here: Any = request
    row = queries.seat_type(seat_type_id=seat_type_id, seen_by=here.actor)
    initial = {"name": row.name, "price": row.price_cents, "capacity": row.capacity, "rank": row.rank}
    form = RateForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        change = commands.change_seat_type
        if not put_on(form, attempt(change, seat_type_id=row.pk, rate=form.rate(), by=here.actor, at=here.at)):
            messages.success(request, _("Le tarif est enregistré."))
            return redirect("desk:session", row.session_id)
    return _asked(request, form, row.session, row)


@require_POST
@writer
def offer(request: HttpRequest, seat_type_id: int) -> HttpResponse:
    """Offered again, or no longer."""
    here: Any = request
    row = queries.seat_type(seat_type_id=seat_type_id, seen_by=here.actor)
    command = commands.activate_seat_type if request.POST.get("offer") else commands.deactivate_seat_type
    command(seat_type_id=row.pk, by=here.actor, at=here.at)
    return redirect("desk:session", row.session_id)


def _asked(request: HttpRequest, form: RateForm, session: Any, row: Any = None) -> HttpResponse:
    context = {
        "form": form, "session": session, "row": row, "anchor": "tarifs", "blank": _("Nouveau tarif"),
        "create": _("Ajouter le tarif"),
        "help": _("Avec des tarifs, chaque participant en choisit un. Les inscriptions déjà prises gardent leur prix."),
    }  # fmt: skip
    return render(request, "desk/sessions/priced.html", context, status=422 if form.errors else 200)
