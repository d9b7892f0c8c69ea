"""Step 2, « Méthode »: the three methods of the source, each with what it would do now (B9–B11)."""

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from comptoir.integration.commands import drafting
from comptoir.integration.states import Method, Place
from comptoir.web.desk.intake import rehearsal
from comptoir.web.desk.intake.doors import intake_staff
from comptoir.web.desk.intake.forms import MethodForm
from comptoir.web.desk.intake.steps import standing_of, step_page

AT_ONCE = 300  # so many requests are counted with the page; more are counted after it is shown
HELP = {
    Method.DEALS: _("Rien n’entre en session sans vous\u00a0: vous suivez chaque demande dans le suivi commercial."),
    Method.IDENTIFIED: _(
        "Les demandes des clients reconnus avec certitude, choisis ou connectés entrent dans les sessions. Les autres "
        "deviennent des dossiers commerciaux."
    ),
    Method.AUTHENTICATED: _(
        "Seules les demandes faites par un client connecté à son espace entrent dans les sessions. Les autres, client "
        "connu ou non, deviennent des dossiers commerciaux."
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@intake_staff
def method(request: HttpRequest) -> HttpResponse:
    """Choose one of three."""
    here: Any = request
    context = standing_of(here)
    form = MethodForm(request.POST or None, initial={"method": context["standing"].method})
    if request.method == "POST" and form.is_valid():
        drafting.keep_method(method=form.cleaned_data["method"], by=here.actor, at=here.at)
        return redirect("desk:intake-options")
    at_once = context["ready"] <= AT_ONCE or request.GET.get("comptes") == "1"
    counts = _counts(here, context) if at_once and context["standing"].has_reached("method") else {}
    context |= {"form": form, "cards": _cards(form, counts), "is_counted": at_once}
    return step_page(here, "method", "desk/intake/method.html", context, status=422 if form.errors else 200)


@require_safe
@intake_staff
def counts(request: HttpRequest) -> HttpResponse:
    """The figures alone, for a page already shown."""
    here: Any = request
    context = standing_of(here)
    cards = _cards(MethodForm(), _counts(here, context))
    return render(request, "desk/intake/_counts.html", {"cards": cards, "is_counted": True, "is_swapped": True})


def _counts(request: Any, context: dict[str, Any]) -> rehearsal.Counts:
    return rehearsal.count(context["standing"], ready=context["ready"], seen_by=request.actor, at=request.at)


def _cards(form: MethodForm, counted: rehearsal.Counts) -> list[dict[str, Any]]:
    chosen = form["method"].value()
    return [
        {
            "code": one.value, "label": one.label, "help": HELP[one], "is_chosen": chosen == one.value,
            "figures": _figures(counted.get(one, Counter())),
        }
        for one in Method
    ]  # fmt: skip


def _figures(places: Counter[Place]) -> dict[str, int]:
    return {"session": places[Place.SESSION], "deal": places[Place.DEAL], "both": places[Place.BOTH]}
