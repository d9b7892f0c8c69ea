"""What the client holds: bookings with their own pages, dates to answer, receipts, joining instructions (A4).

Each is read through the client of who signed in; another client's is not there.
"""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from comptoir.bookings import queries as bookings
from comptoir.bookings.links import link_of
from comptoir.bookings.states import SEATED, PaymentState, status_of
from comptoir.clients.access import Reader
from comptoir.letters import queries as letters
from comptoir.payments import queries as payments
from comptoir.proposals import queries as proposals
from comptoir.proposals.links import link_of as link_of_dates
from comptoir.web.portal.doors import client_contact
from comptoir.web.portal.pages import paged, shown


@require_safe
@client_contact
def bookings_of(request: Any, reader: Reader) -> HttpResponse:
    """The bookings, newest first, each leading to its own page."""
    page = paged(request, bookings.of_client(reader.client.pk, organisation_id=request.organisation.pk))
    return shown(request, reader, "bookings", {"rows": [_booking(one) for one in page], "page": page})


def _booking(one: Any) -> dict[str, Any]:
    people = list(one.registrations.all())
    sessions = {row.session_id: row.session for row in people}
    return {
        "booking": one,
        "url": reverse("counter:booking", args=[one.reference, link_of(one)]),
        "sessions": list(sessions.values()),
        "people": sum(row.state in SEATED for row in people),
        "status": status_of({row.state for row in people}),
        "payment": PaymentState(one.payment).label,
    }


@require_safe
@client_contact
def dates(request: Any, reader: Reader) -> HttpResponse:
    """The proposals of dates that wait for an answer, the most urgent first, each leading to where it is given."""
    organisation_id = request.organisation.pk
    page = paged(request, proposals.awaited(reader.client.pk, organisation_id=organisation_id, at=request.at))
    rows = [
        (
            one,
            reverse(
                "counter:dates", args=[one.reference, link_of_dates(one.reference, organisation_id=organisation_id)]
            ),
        )
        for one in page
    ]
    return shown(request, reader, "dates", {"rows": rows, "page": page})


@require_safe
@client_contact
def receipts(request: Any, reader: Reader) -> HttpResponse:
    """The payments and refunds of its bookings, last first, each with its PDF."""
    page = paged(request, payments.of_client(reader.client.pk, organisation_id=request.organisation.pk))
    rows = [
        (one, reverse("counter:booking-receipt", args=[one.booking.reference, link_of(one.booking), one.number]))
        for one in page
    ]
    return shown(request, reader, "receipts", {"rows": rows, "page": page})


@require_safe
@client_contact
def invitations(request: Any, reader: Reader) -> HttpResponse:
    """The joining instructions sent to its people, last first."""
    page = paged(request, letters.convocations(reader.client.pk, organisation_id=request.organisation.pk))
    return shown(request, reader, "invitations", {"rows": list(page), "page": page})


@require_safe
@client_contact
def invitation(request: Any, reader: Reader, enclosure_id: int) -> HttpResponse:
    """One of them as it left, in PDF."""
    file = letters.convocation(enclosure_id, client_id=reader.client.pk, organisation_id=request.organisation.pk)
    response = HttpResponse(file.content, content_type=file.media_type)
    response.headers["Content-Disposition"] = f'inline; filename="convocation-{enclosure_id}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
