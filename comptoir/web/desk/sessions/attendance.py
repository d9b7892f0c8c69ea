"""The attendance sheet of a session, to print."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from comptoir.bookings import attendance
from comptoir.catalogue import queries
from comptoir.web.desk.sessions.doors import reader


@require_safe
@reader
def sheet(request: HttpRequest, session_id: int) -> HttpResponse:
    """The PDF of those expected, for whoever may see the session."""
    here: Any = request
    session = queries.session(session_id=session_id, seen_by=here.actor)
    content = attendance.pdf(session, here.organisation, seen_by=here.actor)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{attendance.name_of(session)}"'
    return response
