"""The planning: the sessions of the perimeter, day by day over a month or a week; all of it in the address."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from comptoir.base import words
from comptoir.catalogue import agenda, queries
from comptoir.catalogue.agenda import Agenda, Meeting
from comptoir.catalogue.faults import EARLIEST, LATEST
from comptoir.catalogue.holidays import holiday, region_of
from comptoir.proposals.queries import held_for
from comptoir.web.desk.planning.filters import PlanningFilter
from comptoir.web.shared.doors import desk
from comptoir.web.shared.lists import chips

MONTH, WEEK = "mois", "semaine"
IN_SIGHT = 4  # meetings of a day in the month; the others are a link away, in the week
USUAL = ("activity", "trainer", "state")
A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Cell:
    """One day of the calendar."""

    on: date
    meetings: list[dict[str, Any]]
    more: int
    holiday: str
    is_today: bool
    is_outside: bool


@require_safe
@desk
def planning(request: HttpRequest) -> HttpResponse:
    """A month, or a week."""
    here: Any = request
    today = localdate(here.at)
    day = _day(request.GET.get("jour", ""), today)
    view = WEEK if request.GET.get("vue") == WEEK else MONTH
    first, last = span_of(day, view)
    rows = queries.sessions_between(first, last, seen_by=here.actor)
    found = PlanningFilter(request.GET, queryset=rows, request=request)
    shown = agenda.agenda(first, last, found.qs, clients_of=held_for, seen_by=here.actor)
    place = f"{here.organisation.address}"
    region = region_of(here.organisation.time_zone, place)
    cells = [_cell(shown, first + timedelta(n), day, view, today, region) for n in range((last - first).days + 1)]
    others = [field for field in found.form if field.name not in USUAL]
    context = {
        "view": view, "cells": cells, "count": shown.count, "clashes": len(shown.clashing), "day": day,
        "title": date_format(day, "F Y") if view == MONTH else words.span(first, last),
        "before": _beside(day, view, -1).isoformat(), "after": _beside(day, view, 1).isoformat(),
        "today": today.isoformat(), "weekdays": [date_format(first + timedelta(n), "l") for n in range(7)],
        "form": found.form, "usual": [found.form[name] for name in USUAL], "others": others,
        "is_narrow": any(field.data for field in others), "chips": chips(request, found.form),
    }  # fmt: skip
    return render(request, "desk/planning/planning.html", context)


def span_of(day: date, view: str) -> tuple[date, date]:
    """The whole weeks, from Monday to Sunday, of that day's week or month."""
    if view == WEEK:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    first = day.replace(day=1)
    last = day.replace(day=monthrange(day.year, day.month)[1])
    return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())


def _beside(day: date, view: str, step: int) -> date:
    """The same view just before or after; a month away is said by its first day."""
    if view == WEEK:
        return day + step * A_WEEK
    number = day.year * 12 + day.month - 1 + step
    return date(number // 12, number % 12 + 1, 1)


def _day(text: str, today: date) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return today
    return found if EARLIEST + timedelta(days=62) <= found <= LATEST - timedelta(days=62) else today


def _cell(shown: Agenda, on: date, day: date, view: str, today: date, region: str) -> Cell:
    meetings = shown.meetings.get(on, [])
    kept = meetings if view == WEEK or len(meetings) <= IN_SIGHT else meetings[: IN_SIGHT - 1]
    entries = [_entry(one, shown) for one in kept]
    outside = view == MONTH and on.month != day.month
    return Cell(on, entries, len(meetings) - len(kept), holiday(on, region), on == today, outside)


def _entry(one: Meeting, shown: Agenda) -> dict[str, Any]:
    session = one.session
    hours = ", ".join(words.hours(start.time(), end.time()) for start, end in one.hours)
    room = one.room or session.place
    return {
        "session": session, "hours": hours, "starts": one.hours[0][0].time() if one.hours else None,
        "where": ", ".join(part for part in (room, session.city) if part),
        "trainers": ", ".join(shown.trainers.get(session.pk, [])), "clashes": session.pk in shown.clashing,
        "is_cancelled": session.state == "cancelled",
    }  # fmt: skip
