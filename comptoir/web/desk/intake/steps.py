"""The four steps: where the person stands, what each step already holds, and what colleagues took meanwhile."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from comptoir.base import words
from comptoir.integration import drafts
from comptoir.integration.drafts import STEPS, Standing
from comptoir.preregistrations.queries import intake

PAGES = {
    "data": ("desk:intake", gettext_lazy("Données à traiter")),
    "method": ("desk:intake-method", gettext_lazy("Méthode")),
    "options": ("desk:intake-options", gettext_lazy("Options")),
    "validation": ("desk:intake-validation", gettext_lazy("Validation")),
}
SHORT = {
    "deals": gettext_lazy("Dossiers pour tous"),
    "identified": gettext_lazy("Clients identifiés"),
    "authenticated": gettext_lazy("Clients authentifiés"),
}


def step_page(request: Any, step: str, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A step inside the assistant's frame. A step not reached yet leads back to the first one."""
    found: Standing = context["standing"]
    if not found.has_reached(step):
        return redirect("desk:intake")
    frame = {
        "step": step,
        "steps": _steps(found, step, ready=context["ready"]),
        "gone": drafts.gone(found, seen_by=request.actor),
        "others": drafts.others_at_work(seen_by=request.actor, at=request.at),
        "previous_url": reverse(PAGES[STEPS[STEPS.index(step) - 1]][0]) if step != STEPS[0] else "",
    }
    return render(request, template, frame | context, status=status)


def standing_of(request: Any) -> dict[str, Any]:
    """Where the person stands, and how many requests a run would take now."""
    found = drafts.standing(seen_by=request.actor)
    return {"standing": found, "ready": intake.ready_count(ids=found.request_ids, seen_by=request.actor)}


def _steps(found: Standing, current: str, *, ready: int) -> Sequence[dict[str, Any]]:
    held = {"data": _held_data(found, ready), "method": str(SHORT[found.method]), "options": _held_options(found)}
    return [
        {
            "label": label,
            "url": reverse(name) if found.has_reached(step) else "",
            "state": "now" if step == current else "past" if found.has_reached(_next(step)) else "next",
            "held": held.get(step, "") if found.has_reached(_next(step)) else "",
        }
        for step, (name, label) in PAGES.items()
    ]


def _next(step: str) -> str:
    return STEPS[min(STEPS.index(step) + 1, len(STEPS) - 1)]


def _held_data(found: Standing, ready: int) -> str:
    if found.request_ids is None:
        return _("Toutes les demandes (%(n)s)") % {"n": words.thousands(ready)}
    return ngettext("%(n)s demande choisie", "%(n)s demandes choisies", ready) % {"n": words.thousands(ready)}


def _held_options(found: Standing) -> str:
    mails = sum((found.options.mail_owner, found.options.mail_assistant, found.options.mail_sales_rep))
    told = ngettext("%(n)d information par courriel", "%(n)d informations par courriel", mails) % {"n": mails}
    return f"{told}, {_('impression')}" if found.options.print_report else told
