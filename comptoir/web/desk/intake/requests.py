"""One request: what was typed beside what it became, its client, its file, and where it went (B5)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comptoir.base.errors import Refusal
from comptoir.integration import queries
from comptoir.mail import queries as mail
from comptoir.preregistrations.commands import correcting
from comptoir.preregistrations.queries import intake
from comptoir.preregistrations.states import RequestState
from comptoir.preregistrations.typed import PERSON, original_people
from comptoir.web.desk.intake import shown
from comptoir.web.desk.intake.data import back_to_data
from comptoir.web.desk.intake.doors import intake_staff
from comptoir.web.desk.intake.forms import GROUPS, CorrectionForm
from comptoir.web.shared.doors import STATUS
from comptoir.web.shared.refused import put_on


@require_http_methods(["GET", "HEAD", "POST"])
@intake_staff
def request_page(request: HttpRequest, reference: str) -> HttpResponse:
    """The page of one request; while it waits, everything on it can be corrected."""
    here: Any = request
    found = intake.called(reference, seen_by=here.actor)
    lines = intake.lines_of([found.pk]).get(found.pk, [])
    first = {name: getattr(found, name) for name in CorrectionForm.base_fields}
    form = CorrectionForm(request.POST or None, initial=first, lines=lines)
    refusal = None
    if request.method == "POST" and form.is_valid():
        refusal = _correct(here, found, form)
        if refusal is None:
            return _corrected(here, found)
    status = STATUS[refusal.kind] if refusal else 422 if form.errors else 200
    return render(request, "desk/intake/request.html", _context(here, found, lines, form, refusal), status=status)


def _correct(request: Any, found: Any, form: CorrectionForm) -> Refusal | None:
    try:
        correcting.correct(
            request_id=found.pk, values=form.values(), people=form.people(), seen=request.POST.get("seen", ""),
            by=request.actor, at=request.at,
        )  # fmt: skip
    except Refusal as refusal:
        if refusal.kind == "invalid":
            put_on(form, refusal)
        return refusal
    return None


def _corrected(request: Any, found: Any) -> HttpResponse:
    messages.success(request, _("La demande %(reference)s est corrigée.") % {"reference": found.reference})
    if request.POST.get("act") == "stay":
        return redirect("desk:intake-request", found.reference)
    return back_to_data(request)


def _context(
    request: Any, found: Any, lines: list[Any], form: CorrectionForm, refusal: Refusal | None
) -> dict[str, Any]:
    row = shown.rows([found], organisation_id=request.actor.organisation_id)[0]
    is_waiting = found.state == RequestState.PENDING and not found.claim
    return {
        "row": row,
        "request_shown": found,
        "form": form,
        "refusal": refusal if refusal and refusal.kind != "invalid" else None,
        "groups": [[(form[name], row.said[name]) for name in group] for group in GROUPS],
        "people": _people(form, found, lines),
        "seen": correcting.mark(found, lines),
        "is_waiting": is_waiting,
        "run_line": None if is_waiting else queries.line_of(found.pk, seen_by=request.actor),
        "mails": list(mail.of(found.reference, seen_by=request.actor)[:10]),
        "back": request.POST.get("back", request.GET.get("back", "")),
    }


def _people(form: CorrectionForm, found: Any, lines: list[Any]) -> list[dict[str, Any]]:
    """Each participant: the line, its three questions, and what was typed."""
    typed = original_people(found.typed)
    return [
        {"line": line, "fields": [(form[f"people.{line.pk}.{name}"], shown.Said(getattr(line, name), was[name]))
                                  for name in PERSON]}
        for line, was in zip(lines, typed, strict=False)
    ]  # fmt: skip
