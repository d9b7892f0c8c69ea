"""One's booking in one's calendar, and as a picture that a phone reads at the door."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from comptoir.bookings.links import address_of, door_of, opened_by
from comptoir.bookings.own import own
from comptoir.web.shared.doors import public

DOT = 6  # pixels a module: read from a phone's screen, and from paper


@require_safe
@public
def calendar(request: HttpRequest, reference: str, link: str) -> HttpResponse:
    """An event for each sitting of the sessions where the booking holds a seat (RFC 5545)."""
    here: Any = request
    booking = _opened(here, reference, link)
    made = Calendar()
    made.add("prodid", "-//Comptoir//Reservation//FR")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    sessions = {row.session_id: row.session for row in own(booking, at=here.at).held}
    for session in sessions.values():
        for event in _events(session, booking, address_of(booking)):
            made.add_component(event)
    return _kept_by_nobody(
        HttpResponse(made.to_ical(), content_type="text/calendar; charset=utf-8"), f"{reference}.ics"
    )


@require_safe
@public
def picture(request: HttpRequest, reference: str, link: str) -> HttpResponse:
    """The QR code that leads staff to its check-in (ISO/IEC 18004), dark on white whatever the page's colours."""
    booking = _opened(request, reference, link)
    file = BytesIO()
    segno.make(door_of(booking), error="m").save(file, kind="svg", scale=DOT, light="white")
    return _kept_by_nobody(HttpResponse(file.getvalue(), content_type="image/svg+xml"), "")


def _opened(request: Any, reference: str, link: str) -> Any:
    booking = opened_by(reference, link, organisation_id=request.organisation.pk)
    if booking is None:
        raise Http404
    return booking


def _events(session: Any, booking: Any, address: str) -> list[Event]:
    """One event a sitting; a session without sittings is a whole-day event."""
    sittings = [(f"{session.pk}-{one.pk}", one.starts_at, one.ends_at) for one in session.slots.order_by("starts_at")]
    whole = [(str(session.pk), session.starts_on, session.ends_on + timedelta(days=1))]
    return [_event(session, booking, address, *one) for one in sittings or whole]


def _event(session: Any, booking: Any, address: str, uid: str, start: Any, end: Any) -> Event:
    event = Event()
    event.add("uid", f"booking-{booking.reference}-{uid}@comptoir")
    event.add("dtstamp", booking.created_at)
    event.add("dtstart", start)
    event.add("dtend", end)
    event.add("summary", session.activity.title)
    where = [session.place, session.address, session.city]
    place = ", ".join(part for part in where if part)
    event.add("location", place or (session.remote_url or _("À distance") if session.is_remote else ""))
    lines = [_("Réservation %(ref)s") % {"ref": booking.reference}, session.remote_url, address]
    event.add("description", "\n".join(line for line in lines if line))
    return event


def _kept_by_nobody(response: HttpResponse, name: str) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    if name:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
