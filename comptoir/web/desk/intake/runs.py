"""The runs: the list, one run under way or done, its lines and its report (B15, B17)."""

from typing import Any

import django_tables2 as tables
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from comptoir.base import words
from comptoir.base.errors import Refusal
from comptoir.integration import queries
from comptoir.integration.commands import reporting
from comptoir.integration.states import Method, Place, ReportState, RunState
from comptoir.web.desk.intake.doors import intake_staff
from comptoir.web.shared.paging import page_of
from comptoir.web.shared.tables import END, StatusColumn


class RunTable(tables.Table):  # type: ignore[misc]
    """Which, when, by whom, how, how many."""

    reference = tables.Column(gettext_lazy("Intégration"), orderable=False, attrs={"td": {"class": "title"}})
    created_at = tables.Column(gettext_lazy("Lancée"), orderable=False, attrs={"td": {"class": "nowrap"}})
    by_name = tables.Column(gettext_lazy("Par"), orderable=False)
    method = tables.Column(gettext_lazy("Méthode"), orderable=False)
    placed = tables.Column(gettext_lazy("Traitées"), orderable=False, attrs=END)
    left_aside = tables.Column(gettext_lazy("Écartées"), orderable=False, attrs=END)
    state = StatusColumn(verbose_name=gettext_lazy("État"), choices=RunState, orderable=False)

    class Meta:
        attrs = {"class": "table cards"}
        empty_text = gettext_lazy("Aucune intégration pour l’instant")

    def render_reference(self, value: str) -> str:
        """To the run's page."""
        return format_html('<a class="reference" href="{}">{}</a>', reverse("desk:run", args=[value]), value)

    def render_created_at(self, value: Any) -> str:
        """Day and hour."""
        return words.moment_short(value)

    def render_placed(self, value: int, record: Any) -> str:
        """Out of how many."""
        return f"{words.thousands(value)} / {words.thousands(record.total)}"

    def render_left_aside(self, value: int) -> str:
        """As people write numbers."""
        return words.thousands(value)


@require_safe
@intake_staff
def runs(request: HttpRequest) -> HttpResponse:
    """Every run, newest first."""
    here: Any = request
    page = page_of(request, queries.runs(seen_by=here.actor))
    table = RunTable(page.object_list)
    table.caption = _("Intégrations")
    table.nothing_text = _("Chaque passage de l’assistant laisse ici son compte rendu.")
    table.nothing_url, table.nothing_action = reverse("desk:intake"), _("Ouvrir l’assistant")
    return render(request, "desk/intake/runs.html", {"table": table, "page": page})


@require_safe
@intake_staff
def run(request: HttpRequest, reference: str) -> HttpResponse:
    """One run: how far it is, then where everything went."""
    here: Any = request
    found = queries.run(reference, seen_by=here.actor)
    wanted = request.GET.get("place", "")
    place = wanted if wanted in Place.values else ""
    page = page_of(request, queries.lines(found, place=place))
    context = progress_of(found, here) | {"place": place, "page": page, "lines": page.object_list}
    return render(request, "desk/intake/run.html", context)


@require_safe
@intake_staff
def progress(request: HttpRequest, reference: str) -> HttpResponse:
    """How far it is, asked every second by a page that shows it; once over, that page is loaded again."""
    here: Any = request
    found = queries.run(reference, seen_by=here.actor)
    context = progress_of(found, here)
    if not context["is_busy"]:
        return HttpResponseClientRefresh() if here.htmx else redirect("desk:run", reference)
    return render(request, "desk/intake/_progress.html", context)


@require_safe
@intake_staff
def report(request: HttpRequest, reference: str) -> Any:
    """The PDF, as a file to keep."""
    here: Any = request
    found = queries.run(reference, seen_by=here.actor)
    file = queries.report(found)
    response = FileResponse(file, as_attachment=True, filename=found.report_name, content_type="application/pdf")
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@intake_staff
def write_report(request: HttpRequest, reference: str) -> HttpResponse:
    """The report is written once more, for a file that was lost."""
    here: Any = request
    found = queries.run(reference, seen_by=here.actor)
    try:
        reporting.produce(found.pk, at=here.at)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Le compte rendu est de nouveau dans Résa."))
    return redirect("desk:run", reference)


def progress_of(found: Any, request: Any) -> dict[str, Any]:
    """What the bar and the figures say."""
    reached = queries.progress(found)
    is_over = found.state == RunState.FINISHED
    end = found.finished_at or request.at
    seconds = max(0, round((end - found.started_at).total_seconds())) if found.started_at else 0
    return {
        "run": found,
        "method": Method(found.method).label,
        "reached": reached,
        "tally": [(place, reached.by_place.get(place, 0)) for place in Place],
        "is_over": is_over,
        "is_busy": not is_over or found.report_state == ReportState.OWED,
        "time": words_of(seconds) if found.started_at else "",
        "has_report": bool(found.report_name),
    }


def words_of(seconds: int) -> str:
    """« 8 s », « 2 min 05 s »."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}\u00a0min {rest:02}\u00a0s" if minutes else f"{rest}\u00a0s"
