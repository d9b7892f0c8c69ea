"""The add-ons of a session: add one, change one, take it off the offer or put it back."""

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
from comptoir.catalogue.commands import add_ons as commands
from comptoir.catalogue.commands.add_ons import Extra
from comptoir.web.desk.sessions.doors import writer
from comptoir.web.shared.fields import EurosField
from comptoir.web.shared.refused import put_on


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

    def extra(self) -> Extra:
        """As the command takes it."""
        said = self.cleaned_data
        return Extra(said["name"], said["price"], said["capacity"], said["most"], said["rank"])


@require_http_methods(["GET", "HEAD", "POST"])
@writer
def new(request: HttpRequest, session_id: int) -> HttpResponse:
    """A blank form; POST adds the add-on."""
    here: Any = request
    session = queries.session(session_id=session_id, seen_by=here.actor)
    form = AddOnForm(request.POST) if request.method == "POST" else AddOnForm()
    if form.is_valid():
        add = commands.add_add_on
        if not put_on(form, attempt(add, session_id=session_id, extra=form.extra(), by=here.actor, at=here.at)):
            messages.success(request, _("L’extra est ajouté."))
            return redirect("desk:session", session_id)
    return _asked(request, form, session)


@require_http_methods(["GET", "HEAD", "POST"])
@writer
def edit(request: HttpRequest, add_on_id: int) -> HttpResponse:
    """The add-on as it stands; POST changes it for those who take it from now on."""
    here: Any = request
    row = queries.add_on(add_on_id=add_on_id, seen_by=here.actor)
    first = {"name": row.name, "price": row.price_cents, "most": row.most, "capacity": row.capacity, "rank": row.rank}
    form = AddOnForm(request.POST) if request.method == "POST" else AddOnForm(initial=first)
    if form.is_valid():
        change = commands.change_add_on
        if not put_on(form, attempt(change, add_on_id=row.pk, extra=form.extra(), by=here.actor, at=here.at)):
            messages.success(request, _("L’extra est enregistré."))
            return redirect("desk:session", row.session_id)
    return _asked(request, form, row.session, row)


@require_POST
@writer
def offer(request: HttpRequest, add_on_id: int) -> HttpResponse:
    """Offered again, or no longer."""
    here: Any = request
    row = queries.add_on(add_on_id=add_on_id, seen_by=here.actor)
    command = commands.activate_add_on if request.POST.get("offer") else commands.deactivate_add_on
    command(add_on_id=row.pk, by=here.actor, at=here.at)
    return redirect("desk:session", row.session_id)


def _asked(request: HttpRequest, form: AddOnForm, session: Any, row: Any = None) -> HttpResponse:
    context = {
        "form": form, "session": session, "row": row, "anchor": "extras", "blank": _("Nouvel extra"),
        "create": _("Ajouter l’extra"),
        "help": _("Un participant le prend en s’inscrivant, en plus de sa place. Ceux déjà pris gardent leur prix."),
    }  # fmt: skip
    return render(request, "desk/sessions/priced.html", context, status=422 if form.errors else 200)
