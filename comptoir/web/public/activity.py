"""The page of an activity: the promise first, then its sessions, to compare and to choose from (A1)."""

from datetime import date, time
from itertools import chain
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from comptoir.base import words
from comptoir.bookings.states import SeatOrder
from comptoir.catalogue import queries, showcase
from comptoir.courses import queries as courses
from comptoir.web.public import filters
from comptoir.web.public.addresses import absolute
from comptoir.web.public.linked import activity_data
from comptoir.web.public.pages import cacheable, shown
from comptoir.web.public.prose import blocks
from comptoir.web.public.sessions import shown_sessions
from comptoir.web.shared.doors import public

SESSIONS_A_PAGE = 12
TEXTS = ("description", "programme", "audience", "prerequisites")


@require_safe
@public
def activity(request: Any, slug: str) -> HttpResponse:
    """A published activity with the sessions one can see; the number of queries is constant."""
    organisation, at = request.organisation, request.at
    found = queries.activity_page(organisation_id=organisation.pk, slug=slug, at=at).activity
    every = showcase.sessions_shown(organisation_id=organisation.pk, at=at).filter(activity=found)
    places, months = _choices(every)
    wanted = filters.read(request)
    chosen = request.GET.get("session", "")[:20]
    page = Paginator(_fitting(every, wanted, chosen), SESSIONS_A_PAGE).get_page(request.GET.get("page"))
    sessions = shown_sessions(page, at=at, home_zone=organisation.time_zone)
    prices = [
        (one.session.from_cents, *(rate.price_cents for rate in one.session.seat_types.all())) for one in sessions
    ]
    order = courses.seat_order_among(found.pk, chain.from_iterable(prices))
    context = {
        "activity": found,
        "page": page,
        "sessions": sessions,
        "filters": wanted,
        "places": places,
        "months": [(f"{month:%Y-%m}", filters.month_name(month)) for month in months],
        "is_long": len(places) + len(months) > 3,
        "chosen": chosen,
        "seats_said": "" if order == SeatOrder.ARRIVAL else order.sentence,
        "duration": _duration(found.duration_minutes),
        "length": _only({one.length for one in sessions}),
        "texts": {name: blocks(getattr(found, name)) for name in TEXTS},
        "description": found.promise or found.description[:160],
        "canonical": absolute(organisation, "activity", slug=slug),
        "linked": activity_data(organisation, found, sessions),
    }
    return cacheable(request, shown(request, "counter/activity.html", context))


def _duration(minutes: int) -> str:
    """« 14 heures », « 3 h 30 »."""
    hours, rest = divmod(minutes, 60)
    if not rest:
        return ngettext("%(hours)d heure", "%(hours)d heures", hours) % {"hours": hours} if hours else ""
    return (
        words.hour(time(hours, rest))
        if 0 < hours < 24
        else _("%(hours)d h %(rest)02d") % {"hours": hours, "rest": rest}
    )


def _only(said: set[str]) -> str:
    """What all of them say; nothing when they differ."""
    return said.pop() if len(said) == 1 else ""


def _choices(every: Any) -> tuple[list[str], list[date]]:
    """The places and months this activity is given in: what its own page can be filtered by."""
    places: set[str] = set()
    months: set[date] = set()
    rows = every.order_by().values_list("city", "is_remote", "starts_on").distinct()
    for city, is_remote, day in rows:
        months.add(day.replace(day=1))
        if city or is_remote:
            places.add(filters.REMOTE if is_remote else city)
    return sorted(places), sorted(months)


def _fitting(every: Any, wanted: filters.Filters, chosen: str) -> Any:
    if chosen:
        return every.filter(reference=chosen)
    if wanted.place:
        remote = wanted.place == filters.REMOTE
        every = every.filter(is_remote=True) if remote else every.filter(city=wanted.place)
    if wanted.month:
        every = every.filter(starts_on__year=wanted.month.year, starts_on__month=wanted.month.month)
    return every
