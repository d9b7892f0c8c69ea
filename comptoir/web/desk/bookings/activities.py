"""The activities of one's perimeter, each with its registrations: « Voir les inscrits » (C1)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comptoir.bookings import figures, queries
from comptoir.catalogue import queries as catalogue
from comptoir.web.desk.bookings.doors import reader
from comptoir.web.shared.paging import page_of


@require_safe
@reader
def activities(request: HttpRequest) -> HttpResponse:
    """A page of them, by title."""
    here: Any = request
    text = request.GET.get("text", "")[:100]
    page = page_of(request, catalogue.activities(seen_by=here.actor, text=text))
    shown = list(page)
    counts = queries.counts_by_activity([one.pk for one in shown], seen_by=here.actor)
    rows = [(one, counts.get(one.pk, {})) for one in shown]
    return render(request, "desk/bookings/activities.html", {"page": page, "rows": rows, "text": text})


@require_safe
@reader
def dashboard(request: HttpRequest, activity_id: int) -> HttpResponse:
    """One activity in figures, each drawn beside its table."""
    here: Any = request
    row = catalogue.activity(activity_id=activity_id, seen_by=here.actor)
    found = figures.figures(activity_id, seen_by=here.actor, at=here.at)
    return render(request, "desk/bookings/dashboard.html", {"row": row, "figures": found})
