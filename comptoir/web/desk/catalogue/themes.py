"""The shelves of the catalogue: one page lists and adds, one renames and removes."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.base.errors import Refusal, attempt
from comptoir.catalogue import queries
from comptoir.catalogue.commands import themes as commands
from comptoir.web.desk.catalogue.forms import ThemeForm
from comptoir.web.desk.sessions.doors import writer
from comptoir.web.shared.doors import STATUS
from comptoir.web.shared.refused import put_on


@require_http_methods(["GET", "HEAD", "POST"])
@writer
def themes(request: HttpRequest) -> HttpResponse:
    """Every theme, how many activities stand on it, and a place to add one."""
    here: Any = request
    form = ThemeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        if not put_on(form, attempt(commands.create_theme, name=name, by=here.actor, at=here.at)):
            messages.success(request, _("Le thème « %(name)s » est ajouté.") % {"name": name})
            return redirect("desk:themes")
    context = {"form": form, "rows": queries.themes(seen_by=here.actor)}
    return render(request, "desk/catalogue/themes.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@writer
def theme(request: HttpRequest, theme_id: int) -> HttpResponse:
    """Its name; POST changes it, for its activities too."""
    here: Any = request
    row = queries.theme(theme_id=theme_id, seen_by=here.actor)
    form = ThemeForm(request.POST or None, initial={"name": row.name})
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        if not put_on(form, attempt(commands.change_theme, theme_id=theme_id, name=name, by=here.actor, at=here.at)):
            messages.success(request, _("Le thème est renommé."))
            return redirect("desk:themes")
    return _shown(request, row, form, status=422 if form.errors else 200)


@require_POST
@writer
def delete(request: HttpRequest, theme_id: int) -> HttpResponse:
    """It is gone, unless activities stand on it."""
    here: Any = request
    row = queries.theme(theme_id=theme_id, seen_by=here.actor)
    refusal = attempt(commands.delete_theme, theme_id=theme_id, by=here.actor, at=here.at)
    if refusal is None:
        messages.success(request, _("Le thème est supprimé."))
        return redirect("desk:themes")
    return _shown(request, row, ThemeForm(initial={"name": row.name}), refusal=refusal, status=STATUS[refusal.kind])


def _shown(
    request: HttpRequest, row: Any, form: ThemeForm, *, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    context = {"row": row, "form": form, "refusal": refusal}
    return render(request, "desk/catalogue/theme.html", context, status=status)
