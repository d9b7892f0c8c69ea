"""The confirmation levels: list, add, rename, order, default, close."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.administration.commands import levels as commands
from comptoir.base.errors import attempt
from comptoir.organisations import queries
from comptoir.web.desk.settings.doors import administrator
from comptoir.web.desk.settings.forms import NameForm
from comptoir.web.desk.settings.sections import sections
from comptoir.web.shared.refused import put_on

ACTS: dict[str, Callable[..., None]] = {
    "monter": partial(commands.move_level, way="up"),
    "descendre": partial(commands.move_level, way="down"),
    "par-defaut": commands.set_default_level,
    "fermer": partial(commands.set_level_active, is_active=False),
    "rouvrir": partial(commands.set_level_active, is_active=True),
}


@require_http_methods(["GET", "HEAD", "POST"])
@administrator
def levels(request: HttpRequest) -> HttpResponse:
    """The list in order; POST adds one at the end."""
    here: Any = request
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        refusal = attempt(commands.add_level, name=form.cleaned_data["name"], by=here.actor, at=here.at)
        if not put_on(form, refusal):
            messages.success(request, _("Le niveau est ajouté."))
            return redirect("desk:settings-levels")
    return _list(here, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@administrator
def level(request: HttpRequest, level_id: int) -> HttpResponse:
    """One level; POST renames it."""
    here: Any = request
    row = queries.levels(seen_by=here.actor).filter(pk=level_id).first()
    if row is None:
        raise Http404
    form = NameForm(request.POST or None, initial={"name": row.name})
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        refusal = attempt(commands.rename_level, level_id=row.pk, name=name, by=here.actor, at=here.at)
        if not put_on(form, refusal):
            messages.success(request, _("Le niveau est renommé."))
            return redirect("desk:settings-levels")
    context = {"form": form, "row": row, "sections": sections("desk:settings-levels")}
    return render(request, "desk/settings/level.html", context, status=422 if form.errors else 200)


@require_POST
@administrator
def act(request: HttpRequest, level_id: int, act: str) -> HttpResponse:
    """Move it, make it the default, close it or open it again."""
    here: Any = request
    if act not in ACTS:
        raise Http404
    refusal = attempt(ACTS[act], level_id=level_id, by=here.actor, at=here.at)
    if refusal is None:
        return redirect("desk:settings-levels")
    if refusal.kind == "missing":
        raise Http404
    return _list(here, refusal=refusal)


def _list(request: Any, **parts: Any) -> HttpResponse:
    context = {
        "form": NameForm(),
        "refusal": None,
        "rows": list(queries.levels(seen_by=request.actor)),
        "sections": sections("desk:settings-levels"),
        **parts,
    }
    wrong = context["refusal"] or context["form"].errors
    return render(request, "desk/settings/levels.html", context, status=409 if wrong else 200)
