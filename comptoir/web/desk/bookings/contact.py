"""Write to people (C5): the mail client opens with addresses in BCC; a link to try again, addresses to copy."""

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comptoir.bookings import queries
from comptoir.web.desk.bookings.doors import reader
from comptoir.web.desk.bookings.selection import Selection

LONGEST_LINK = 1900  # what every mail client opens; a longer one is cut into several
MOST = 2000  # addresses on one page


@require_safe
@reader
def of_one(request: HttpRequest, reference: str) -> HttpResponse:
    """Those of one booking: its contact, then its people in the perimeter."""
    here: Any = request
    found = queries.detail(reference, seen_by=here.actor)
    emails = [found.booking.contact_email, *(row.email for row in found.rows if row.pk in found.own)]
    return _page(request, emails, len(found.own))


def of_many(request: HttpRequest, chosen: Selection) -> HttpResponse:
    """Each participant's own address, or the contact's where there is none."""
    pairs = chosen.rows.values_list("email", "booking__contact_email")[:MOST]
    return _page(request, [own or contact for own, contact in pairs], len(pairs))


def _page(request: HttpRequest, emails: list[str], people: int) -> HttpResponse:
    known = list(dict.fromkeys(one.strip() for one in emails if one.strip()))
    context = {
        "emails": known,
        "links": links(known),
        "without": sum(not one.strip() for one in emails),
        "people": people,
        "is_cut": people == MOST,
    }
    return render(request, "desk/bookings/contact.html", context)


def links(emails: list[str]) -> list[tuple[int, str]]:
    """How many addresses, and the link that opens the mail client with them in BCC (RFC 6068)."""
    found: list[tuple[int, str]] = []
    some: list[str] = []
    for one in [quote(email, safe="@") for email in emails]:
        if some and len(",".join([*some, one])) > LONGEST_LINK:
            found.append((len(some), "mailto:?bcc=" + ",".join(some)))
            some = []
        some.append(one)
    return [*found, (len(some), "mailto:?bcc=" + ",".join(some))] if some else found
