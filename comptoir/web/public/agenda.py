"""One's booking in one's calendar, and as a picture that a phone reads at the door."""

from io import BytesIO
from typing import Any

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comptoir.bookings import calendars
from comptoir.bookings.links import address_of, door_of, opened_by
from comptoir.bookings.own import own
from comptoir.web.shared.doors import public
from comptoir.web.shared.languages import follow

DOT = 6  # pixels a module: read from a phone's screen, and from paper


@require_safe
@public
def calendar(request: HttpRequest, reference: str, link: str) -> HttpResponse:
    """The sittings of the sessions where the booking holds a seat."""
    here: Any = request
    booking = _opened(here, reference, link)
    sessions = {row.session_id: row.session for row in own(booking, at=here.at).held}
    content = calendars.calendar(sessions.values(), at=here.at, told=lambda session: _told(session, booking))
    return _kept_by_nobody(HttpResponse(content, content_type="text/calendar; charset=utf-8"), f"{reference}.ics")


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
    follow(request, booking.language)
    return booking


def _told(session: Any, booking: Any) -> str:
    lines = [_("Réservation %(ref)s") % {"ref": booking.reference}, session.remote_url, address_of(booking)]
    return "\n".join(line for line in lines if line)


def _kept_by_nobody(response: HttpResponse, name: str) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    if name:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
