"""Sessions as a list and as a month."""

from calendar import monthrange
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comptoir.bookings.queries import seats_left_of
from comptoir.catalogue import queries
from comptoir.proposals import standing
from comptoir.proposals.states import Confirmation
from comptoir.web.desk.sessions.doors import reader
from comptoir.web.desk.sessions.filters import CalendarFilter, SessionFilter
from comptoir.web.desk.sessions.tables import SessionTable, low
from comptoir.web.shared.lists import chips, configured

USUAL = ("when", "activity", "state")


@require_safe
@reader
def sessions(request: HttpRequest) -> HttpResponse:
    """A page of the list, narrowed and sorted by what the address says."""
    here: Any = request
    found = SessionFilter(request.GET, queryset=queries.sessions(seen_by=here.actor), request=request)
    rows = found.qs
    if request.GET.get("when") == "past":
        rows = rows.order_by("-starts_on", "-pk")
    counts = standing.counts(found.anywhere, at=here.at, organisation_id=here.actor.organisation_id)
    wanted = found.form.cleaned_data.get("confirmation")
    table = SessionTable(rows)
    # Known already: django-tables2 would count them once more.
    table.data._length = counts[wanted] if wanted else sum(counts.values()) - counts[standing.OVERDUE]
    table = configured(request, table, read=partial(standing.numbered, seen_by=here.actor))
    shown = [row.record for row in table.paginated_rows]
    table.seats, table.standings = seats_left_of(shown), standing.of_sessions(shown, at=here.at)
    table.nothing_text, table.leads = _nothing(here), here.actor.works_intake
    context = {"table": table, "standings": _standings(counts)} | _filters(request, found.form)
    return render(request, "desk/sessions/sessions.html", context)


@require_safe
@reader
def calendar(request: HttpRequest) -> HttpResponse:
    """A month, week by week; a session stands on its first day, or on the first of the month when it began before."""
    here: Any = request
    first = _month(request.GET.get("mois", ""), localdate(here.at))
    last = first.replace(day=monthrange(first.year, first.month)[1])
    rows = queries.sessions_between(first, last, seen_by=here.actor)
    found = CalendarFilter(request.GET, queryset=rows, request=request)
    shown = list(found.qs)
    context = {
        "month": date_format(first, "F Y"),
        "before": f"{first - timedelta(days=1):%Y-%m}",
        "after": f"{last + timedelta(days=1):%Y-%m}",
        "weeks": _weeks(shown, first, seats_left_of(shown)),
        "count": len(shown),
    } | _filters(request, found.form)
    return render(request, "desk/sessions/calendar.html", context)


def _standings(counts: dict[str, int]) -> list[tuple[str, str, int]]:
    """« Confirmation dates client »: each value, what it is called, how many sessions; the rest of the filters held."""
    labels = [*Confirmation.choices, (standing.OVERDUE, _("Échéance dépassée"))]
    return [(code, str(label), counts[code]) for code, label in labels if counts[code]]


def _filters(request: HttpRequest, form: Any) -> dict[str, Any]:
    """What the filters' template needs: those always in sight, the others, and whether one of these is in force."""
    usual = [form[name] for name in USUAL if name in form.fields]
    others = [field for field in form if field.name not in (*USUAL, "text")]
    narrow = any(field.data for field in others)
    return {"form": form, "usual": usual, "others": others, "is_narrow": narrow, "chips": chips(request, form)}


def _weeks(sessions: list[Any], first: date, seats: dict[int, Any]) -> list[tuple[date, list[dict[str, Any]]]]:
    entries = [_entry(one, max(one.starts_on, first), seats) for one in sessions]
    entries.sort(key=lambda entry: (entry["on"], entry["session"].pk))
    grouped = groupby(entries, key=lambda entry: entry["on"] - timedelta(days=entry["on"].weekday()))
    return [(monday, list(group)) for monday, group in grouped]


def _entry(session: Any, on: date, seats: dict[int, Any]) -> dict[str, Any]:
    left = seats[session.pk].left
    fill = {"low": low(session.capacity), "taken": session.capacity - left} if left is not None else None
    return {"session": session, "on": on, "fill": fill}


def _month(text: str, today: date) -> date:
    year, _dash, month = text.partition("-")
    try:
        found = date(int(year), int(month), 1)
    except ValueError:
        return today.replace(day=1)
    return found if 2000 <= found.year <= 2100 else today.replace(day=1)


def _nothing(request: Any) -> str:
    if request.GET:
        return _("Rien ne correspond : retirez un filtre, ou regardez les sessions passées.")
    return _("Une session est une date d’une activité : planifiez la première.")
