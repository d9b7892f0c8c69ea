"""« Durées de conservation »: the rules as people read them, what they would erase, what they erased lately."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comptoir.base.errors import attempt
from comptoir.retention import queries
from comptoir.retention.commands import deciding
from comptoir.retention.states import FIXED, Kind
from comptoir.web.desk.retention.forms import RulesForm
from comptoir.web.desk.settings.doors import administrator
from comptoir.web.desk.settings.sections import sections
from comptoir.web.shared.refused import put_on

RECENT = 10
WORD = "EFFACER"


@require_http_methods(["GET", "HEAD", "POST"])
@administrator
def rules(request: HttpRequest) -> HttpResponse:
    """The rules in force and what they would erase; POST looks at others first, or decides them."""
    here: Any = request
    if request.method != "POST":
        return _page(here)
    form = RulesForm(request.POST)
    if not form.is_valid():
        return _page(here, form=form, status=422)
    if "preview" in request.POST:
        put_on(form, attempt(deciding.check, form.months()))
        return _page(
            here, form=form, proposed=None if form.errors else form.months(), status=422 if form.errors else 200
        )
    values = {"months": form.months(), "is_applied": form.cleaned_data["is_applied"]}
    if put_on(form, attempt(deciding.change_rules, **values, by=here.actor, at=here.at)):
        return _page(here, form=form, status=422)
    messages.success(request, _("Les durées sont enregistrées."))
    return redirect("desk:retention")


@require_http_methods(["GET", "HEAD", "POST"])
@administrator
def run(request: HttpRequest) -> HttpResponse:
    """Says how many of what go, for good; POST, with the word typed, has the rounds do it at once."""
    here: Any = request
    typed = request.POST.get("confirmation", "").strip()
    is_wrong = request.method == "POST" and typed.upper() != WORD
    if request.method == "POST" and not is_wrong:
        deciding.ask_run(by=here.actor, at=here.at)
        messages.success(request, _("L’effacement commence. Ses certificats s’ajoutent à la liste."))
        return redirect("desk:retention")
    found = [one for one in queries.preview(seen_by=here.actor, at=here.at) if one.now]
    context = {"found": found, "typed": typed, "is_wrong": is_wrong, "word": WORD}
    return render(request, "desk/retention/run.html", context, status=422 if is_wrong else 200)


def _page(
    request: Any, *, form: RulesForm | None = None, proposed: dict[Kind, int] | None = None, status: int = 200
) -> HttpResponse:
    policy = queries.policy(seen_by=request.actor)
    found = queries.preview(seen_by=request.actor, at=request.at, proposed=proposed)
    if form is None:
        months = {one.held.rule.kind.value: one.held.months for one in found}
        form = RulesForm(initial={"is_applied": policy.is_applied, **months})
    context = {
        "form": form,
        "rows": [(one, form[one.held.rule.kind.value]) for one in found],
        "is_proposed": proposed is not None,
        "policy": policy,
        "fixed": FIXED,
        "certificates": queries.certificates(seen_by=request.actor)[:RECENT],
        "sections": sections("desk:retention"),
    }
    return render(request, "desk/retention/rules.html", context, status=status)
