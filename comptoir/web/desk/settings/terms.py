"""The terms of sale (CGV): the version in force, the earlier ones, the next one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comptoir.base.errors import attempt
from comptoir.catalogue import queries
from comptoir.catalogue.commands.terms import publish_terms
from comptoir.web.desk.settings.doors import administrator
from comptoir.web.desk.settings.forms import TermsForm
from comptoir.web.desk.settings.sections import sections
from comptoir.web.shared.refused import put_on


@require_http_methods(["GET", "HEAD", "POST"])
@administrator
def terms(request: HttpRequest) -> HttpResponse:
    """The text in force, ready to be changed; POST publishes a new version, the former stays readable (A3)."""
    here: Any = request
    current = queries.current_terms(here.actor.organisation_id)
    form = TermsForm(request.POST or None, initial={"text": current.text if current else ""})
    if request.method == "POST" and form.is_valid():
        refusal = attempt(publish_terms, text=form.cleaned_data["text"], by=here.actor, at=here.at)
        if not put_on(form, refusal):
            messages.success(request, _("La nouvelle version est en vigueur."))
            return redirect("desk:settings-terms")
    context = {
        "form": form,
        "current": current,
        "versions": queries.terms(seen_by=here.actor),
        "sections": sections("desk:settings-terms"),
    }
    return render(request, "desk/settings/terms.html", context, status=422 if form.errors else 200)


@require_safe
@administrator
def version(request: HttpRequest, version: int) -> HttpResponse:
    """One version as it was accepted."""
    here: Any = request
    row = queries.terms(seen_by=here.actor).filter(version=version).first()
    if row is None:
        raise Http404
    context = {"row": row, "sections": sections("desk:settings-terms")}
    return render(request, "desk/settings/terms_version.html", context)
