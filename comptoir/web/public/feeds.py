"""The catalogue for other programs: a JSON feed, calendars, and the line another site puts in its pages (A1)."""

from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from comptoir.base import words
from comptoir.base.colour import palette
from comptoir.catalogue import queries, showcase
from comptoir.web.public import filters
from comptoir.web.public.addresses import absolute, session_address
from comptoir.web.public.pages import cacheable
from comptoir.web.public.sessions import Shown, shown_sessions
from comptoir.web.shared.doors import public

A_PAGE, MOST = 200, 500


@require_safe
@public
def feed(request: Any) -> HttpResponse:
    """`catalogue.json`: the sessions on sale, soonest first, with what a page shows of them; open to any site."""
    organisation = request.organisation
    found = _found(request)
    asked = request.GET.get("limit", "")
    size = min(int(asked), MOST) if asked.isdecimal() and int(asked[:6]) > 0 else A_PAGE
    page = Paginator(found, size).get_page(request.GET.get("page"))
    sessions = shown_sessions(page, at=request.at, home_zone=organisation.time_zone)
    colours = palette(organisation.colour)
    data = {
        "format": "comptoir.catalogue/1",
        "organisation": {
            "name": organisation.name,
            "url": absolute(organisation, "catalogue"),
            "colour": {"light": colours.light.accent, "dark": colours.dark.accent},
        },
        "labels": {
            "choose": _("Je m’inscris"),
            "none": _("Aucune date ouverte pour le moment."),
            "all": _("Toutes les dates"),
        },
        "count": page.paginator.count,
        "next": _next(request, page),
        "sessions": [_session(organisation, one) for one in sessions],
    }
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False})
    return open_to_all(cacheable(request, response))


def _found(request: Any) -> Any:
    wanted = filters.read(request).as_query()
    activity = request.GET.get("formation", "")[:120]
    return showcase.sessions_on_sale(
        organisation_id=request.organisation.pk, at=request.at, activity=activity, **wanted
    )


def _next(request: Any, page: Any) -> str | None:
    if not page.has_next():
        return None
    query = request.GET.copy()
    query["page"] = str(page.next_page_number())
    return absolute(request.organisation, "feed", query=query.dict())


def _session(organisation: Any, one: Shown) -> dict[str, Any]:
    session, activity = one.session, one.session.activity
    return {
        "reference": session.reference,
        "title": activity.title,
        "theme": activity.theme.name if activity.theme else "",
        "promise": activity.promise,
        "url": session_address(organisation, session),
        "starts_on": session.starts_on.isoformat(),
        "ends_on": session.ends_on.isoformat(),
        "time_zone": session.time_zone,
        "slots": [
            {"starts_at": slot.starts_at.isoformat(), "ends_at": slot.ends_at.isoformat()}
            for slot in session.slots.all()
        ],
        "place": session.place,
        "city": session.city,
        "is_remote": session.is_remote,
        "price": {
            "net_cents": one.lowest.net_cents, "gross_cents": one.lowest.gross_cents, "vat_bp": session.vat_bp,
            "currency": "EUR", "is_lowest_of_several": len(one.rates) > 1,
        },
        "seats_left": 0 if one.is_full else one.left,
        "shown": {
            "when": one.when, "hours": one.hours,
            "where": _("À distance") if session.is_remote else session.city or session.place,
            "price": _("%(price)s HT") % {"price": words.money(one.lowest.net_cents)}, "seats": one.seats,
            "can_sign_up": one.can_sign_up,
        },
    }  # fmt: skip


@require_safe
@public
def calendar(request: Any) -> HttpResponse:
    """`catalogue.ics`: the sessions on sale, to subscribe to from a calendar; the filters of the catalogue apply."""
    return _calendar(request, _found(request)[:A_PAGE], request.organisation.name)


@require_safe
@public
def activity_calendar(request: Any, slug: str) -> HttpResponse:
    """The calendar of one activity; `?session=` keeps one date."""
    found = queries.activity_page(organisation_id=request.organisation.pk, slug=slug, at=request.at).activity
    shown = showcase.sessions_shown(organisation_id=request.organisation.pk, at=request.at).filter(activity=found)
    chosen = request.GET.get("session", "")[:20]
    return _calendar(request, shown.filter(reference=chosen) if chosen else shown[:A_PAGE], found.title)


def _calendar(request: Any, sessions: Any, name: str) -> HttpResponse:
    made = Calendar()
    made.add("prodid", "-//Comptoir//Catalogue//FR")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("refresh-interval", timedelta(hours=6), parameters={"value": "DURATION"})
    for one in shown_sessions(sessions, at=request.at, home_zone=request.organisation.time_zone):
        for event in _events(request.organisation, one, at=one.session.created_at):
            made.add_component(event)
    response = HttpResponse(made.to_ical(), content_type="text/calendar; charset=utf-8")
    return open_to_all(cacheable(request, response))


def _events(organisation: Any, one: Shown, *, at: datetime) -> list[Event]:
    """One event a sitting; a session without sittings is a whole-day event."""
    session = one.session
    slots = list(session.slots.all())
    if not slots:
        return [
            _event(organisation, one, f"{session.pk}", session.starts_on, session.ends_on + timedelta(days=1), at=at)
        ]
    return [_event(organisation, one, f"{session.pk}-{slot.pk}", slot.starts_at, slot.ends_at, at=at) for slot in slots]


def _event(organisation: Any, one: Shown, uid: str, start: Any, end: Any, *, at: datetime) -> Event:
    session, address = one.session, session_address(organisation, one.session)
    event = Event()
    event.add("uid", f"session-{uid}@{organisation.slug}.comptoir")
    event.add("dtstamp", at)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", session.activity.title)
    event.add("location", _("À distance") if session.is_remote else session.premises)
    event.add("description", f"{session.activity.promise}\n{one.seats}\n{address}".strip())
    event.add("url", address)
    return event


def open_to_all(response: HttpResponse) -> HttpResponse:
    """Any site may read it: there is nothing in it but what is published, and no cookie is sent along."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
