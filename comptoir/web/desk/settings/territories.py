"""The sales territories: list, add, rename, close."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.administration.commands import territories as commands
from comptoir.base.errors import attempt
from comptoir.organisations import queries
from comptoir.web.desk.settings.doors import administrator
from comptoir.web.desk.settings.forms import NameForm
from comptoir.web.desk.settings.sections import sections
from comptoir.web.shared.refused import put_on


@require_http_methods(["GET", "HEAD", "POST"])
@administrator
def territories(request: HttpRequest) -> HttpResponse:
    """The list; POST adds one."""
    here: Any = request
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        refusal = attempt(commands.add_territory, name=form.cleaned_data["name"], by=here.actor, at=here.at)
        if not put_on(form, refusal):
            messages.success(request, _("Le secteur est ajouté."))
            return redirect("desk:settings-territories")
    context = {
        "form": form,
        "rows": queries.territories(seen_by=here.actor),
        "sections": sections("desk:settings-territories"),
    }
    return render(request, "desk/settings/territories.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@administrator
def territory(request: HttpRequest, territory_id: int) -> HttpResponse:
    """One territory; POST renames it."""
    here: Any = request
    row = queries.territories(seen_by=here.actor).filter(pk=territory_id).first()
    if row is None:
        raise Http404
    form = NameForm(request.POST or None, initial={"name": row.name})
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        refusal = attempt(commands.rename_territory, territory_id=row.pk, name=name, by=here.actor, at=here.at)
        if not put_on(form, refusal):
            messages.success(request, _("Le secteur est renommé."))
            return redirect("desk:settings-territories")
    context = {"form": form, "row": row, "sections": sections("desk:settings-territories")}
    return render(request, "desk/settings/territory.html", context, status=422 if form.errors else 200)


@require_POST
@administrator
def state(request: HttpRequest, territory_id: int) -> HttpResponse:
    """Closed or open again, as the button said."""
    here: Any = request
    is_active = request.POST.get("is_active") == "1"
    commands.set_territory_active(territory_id=territory_id, is_active=is_active, by=here.actor, at=here.at)
    messages.success(request, _("Le secteur est ouvert.") if is_active else _("Le secteur n’est plus proposé."))
    return redirect("desk:settings-territories")
