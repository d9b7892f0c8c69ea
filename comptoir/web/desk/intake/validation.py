"""Step 4, « Validation »: where each request would go and why, line by line; then the run, once (B17)."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from comptoir.base import words
from comptoir.base.errors import Refusal
from comptoir.base.text import clean_line
from comptoir.integration import drafts
from comptoir.integration.commands import drafting
from comptoir.integration.states import Place
from comptoir.organisations import queries as organisations
from comptoir.preregistrations.queries import intake
from comptoir.web.desk.intake import rehearsal
from comptoir.web.desk.intake.doors import intake_staff
from comptoir.web.desk.intake.steps import standing_of, step_page
from comptoir.web.shared.doors import STATUS
from comptoir.web.shared.paging import page_of

PLACES = (Place.SESSION, Place.DEAL, Place.BOTH)


@require_http_methods(["GET", "HEAD", "POST"])
@intake_staff
def validation(request: HttpRequest) -> HttpResponse:
    """The dry run; then the run."""
    here: Any = request
    refusal = None
    if request.method == "POST":
        before = drafts.standing(seen_by=here.actor)
        try:
            started = drafting.validate(
                ticket=clean_line(request.POST.get("ticket", "")), until=_moment(here), by=here.actor, at=here.at
            )
        except Refusal as error:
            refusal = error
        else:
            _say_who_was_first(here, before, started.total if started.created else None)
            return redirect("desk:run", started.reference)
    context = standing_of(here)
    if not context["standing"].has_reached("validation"):
        return redirect("desk:intake")
    status = STATUS[refusal.kind] if refusal else 200
    context |= _dry_run(here, context) | {"refusal": refusal, "asked": _asked(here, context["standing"])}
    return step_page(here, "validation", "desk/intake/validation.html", context, status=status)


def _dry_run(request: Any, context: dict[str, Any]) -> dict[str, Any]:
    standing = context["standing"]
    plan = rehearsal.rehearse(standing, ready=context["ready"], seen_by=request.actor, at=request.at)
    wanted = request.GET.get("place", "")
    place = wanted if wanted in PLACES else ""
    page = page_of(request, plan.going(place))
    tally = plan.tally
    return {
        "page": page,
        "rows": rehearsal.with_requests(tuple(page.object_list), seen_by=request.actor),
        "place": place,
        "tally": [(one, tally[one]) for one in PLACES],
        "planned": len(plan.lines),
        "planned_at": plan.at,
        "until": intake.last_confirmed_at(seen_by=request.actor),
        "without_file": list(intake.without_file(ids=standing.request_ids, seen_by=request.actor)[:10]),
    }


def _asked(request: Any, standing: drafts.Standing) -> list[tuple[str, str]]:
    """The choices of the steps before, in words."""
    kept = standing.options
    told = [
        (kept.mail_owner, _("responsable")), (kept.mail_assistant, _("assistant")),
        (kept.mail_sales_rep, _("commercial")),
    ]  # fmt: skip
    names = {
        _("Commercial en charge"): organisations.staff(seen_by=request.actor).filter(pk=kept.sales_rep_id or 0),
        _("Secteur"): organisations.territories(seen_by=request.actor).filter(pk=kept.territory_id or 0),
        _("Niveau de confirmation"): organisations.levels(seen_by=request.actor).filter(pk=kept.level_id or 0),
    }
    chosen = [(label, str(row)) for label, rows in names.items() if (row := rows.first())]
    mails = ", ".join(word for is_ticked, word in told if is_ticked) or _("aucun destinataire")
    printed = _("PDF dans Résa, et imprimé") if kept.print_report else _("PDF dans Résa")
    return [(_("Méthode"), str(standing.method.label)), *chosen, (_("Prévenus par courriel"), mails),
            (_("Compte rendu"), printed)]  # fmt: skip


def _moment(request: Any) -> datetime:
    """The newest request on the page that is validated; those confirmed after it were not on it."""
    here: datetime = request.at
    try:
        said = datetime.fromisoformat(request.POST.get("until", ""))
    except ValueError:
        return here
    return said if said.tzinfo else here


def _say_who_was_first(request: Any, before: drafts.Standing, total: int | None) -> None:
    """Two at once: the second is told who took what it did not get (T07)."""
    asked = request.POST.get("count", "")
    if total is None or not asked.isdecimal() or total >= int(asked[:9]):
        return
    lost = int(asked[:9]) - total
    first = ngettext(
        "%(n)s demande de moins que prévu.", "%(n)s demandes de moins que prévu.", lost
    ) % {"n": words.thousands(lost)}  # fmt: skip
    messages.warning(request, first)
    for one in drafts.gone(before, seen_by=request.actor):
        about = {"who": one.by_name, "run": one.run, "n": words.thousands(one.count)}
        if one.run:
            messages.warning(request, _("%(who)s en a pris %(n)s avec l’intégration %(run)s.") % about)
        else:
            messages.warning(request, _("%(who)s en a mis %(n)s à la corbeille.") % about)
