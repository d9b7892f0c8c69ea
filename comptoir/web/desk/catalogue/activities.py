"""The list of activities, and the page of one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from comptoir.base.errors import Refusal, attempt
from comptoir.bookings.queries import seats_left_of
from comptoir.catalogue import queries
from comptoir.catalogue.commands import activities as commands
from comptoir.catalogue.rules import rules_of
from comptoir.courses.queries import seat_order_of
from comptoir.web.desk.catalogue.filters import ActivityFilter
from comptoir.web.desk.catalogue.forms import DurationField
from comptoir.web.desk.catalogue.tables import ActivityTable
from comptoir.web.desk.sessions.doors import reader, writer
from comptoir.web.desk.sessions.tables import SessionTable
from comptoir.web.shared.doors import STATUS
from comptoir.web.shared.lists import chips, configured

SHOWN = 10
TEXTS = (
    ("description", gettext_lazy("Description")),
    ("programme", gettext_lazy("Programme")),
    ("audience", gettext_lazy("Public")),
    ("prerequisites", gettext_lazy("Prérequis")),
)


@require_safe
@reader
def activities(request: HttpRequest) -> HttpResponse:
    """A page of the list, narrowed by what the address says."""
    here: Any = request
    rows = queries.with_session_facts(queries.activities(seen_by=here.actor), seen_by=here.actor, at=here.at)
    found = ActivityFilter(request.GET, queryset=rows, request=request)
    table = configured(request, ActivityTable(found.qs))
    table.nothing_text = _nothing(here)
    context = {"table": table, "form": found.form, "chips": chips(request, found.form)}
    return render(request, "desk/catalogue/activities.html", context)


def _nothing(request: Any) -> str:
    if request.GET:
        return _("Rien ne correspond : retirez un filtre.")
    return _("Une activité est ce que vous proposez, formation ou évènement ; ses sessions en sont les dates.")


@require_safe
@reader
def activity(request: HttpRequest, activity_id: int) -> HttpResponse:
    """What it is, whether the public sees it, its next sessions."""
    return _shown(request, activity_id)


@require_POST
@writer
def publication(request: HttpRequest, activity_id: int) -> HttpResponse:
    """The public page appears or goes."""
    here: Any = request
    command = commands.publish_activity if request.POST.get("publish") else commands.unpublish_activity
    refusal = attempt(command, activity_id=activity_id, by=here.actor, at=here.at)
    if refusal is None:
        return redirect("desk:activity", activity_id)
    return _shown(request, activity_id, refusal=refusal, status=STATUS[refusal.kind])


def _shown(
    request: HttpRequest, activity_id: int, *, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    here: Any = request
    row = queries.activity(activity_id=activity_id, seen_by=here.actor)
    mine = queries.sessions(seen_by=here.actor).filter(activity=row)
    coming = list(queries.to_come(mine, at=here.at)[:SHOWN])
    table = SessionTable(coming, exclude=("activity",), orderable=False)
    table.seats = seats_left_of(coming)
    context = {
        "row": row,
        "table": table,
        "count": mine.count(),
        "texts": [(label, text) for name, label in TEXTS if (text := getattr(row, name))],
        "duration": DurationField().prepare_value(row.duration_minutes),
        "rules": rules_of([row.pk])[row.pk],
        "seat_order": seat_order_of(row.pk).value,
        "refusal": refusal,
    }
    return render(request, "desk/catalogue/activity.html", context, status=status)
