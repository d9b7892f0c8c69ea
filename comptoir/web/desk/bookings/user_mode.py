"""User mode (C10): the registrant's own page, under a banner; every act is written under both names."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from comptoir.bookings import queries
from comptoir.bookings.links import link_of
from comptoir.web.desk.bookings.doors import reader
from comptoir.web.shared import own, own_acts
from comptoir.web.shared.own import Way


@require_safe
@reader
def booking(request: HttpRequest, reference: str) -> HttpResponse:
    """The page as its registrant has it."""
    return own.page(request, _way(request, reference))


@require_POST
@reader
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Cancelled in the registrant's place."""
    return own_acts.cancel(request, _way(request, reference))


@require_POST
@reader
def accept(request: HttpRequest, reference: str) -> HttpResponse:
    """The seat offered is taken in the registrant's place."""
    return own_acts.accept(request, _way(request, reference))


@require_POST
@reader
def method(request: HttpRequest, reference: str) -> HttpResponse:
    """It is to be paid so."""
    return own_acts.method(request, _way(request, reference))


@require_POST
@reader
def rename(request: HttpRequest, reference: str, registration_id: int) -> HttpResponse:
    """Somebody else has this seat."""
    return own_acts.rename(request, _way(request, reference), registration_id)


@require_POST
@reader
def extras(request: HttpRequest, reference: str, registration_id: int) -> HttpResponse:
    """This person has these add-ons."""
    return own_acts.extras(request, _way(request, reference), registration_id)


@require_safe
@reader
def receipt(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The receipt of one payment."""
    here: Any = request
    return own.receipt(_way(request, reference), here.organisation, number)


def _way(request: HttpRequest, reference: str) -> Way:
    here: Any = request
    found = queries.whole(reference, seen_by=here.actor)
    actor = replace(here.actor, acting_for=found.booking.contact_name or reference)
    return Way(
        actor, reference, link_of(found.booking), "desk/bookings/user_mode.html",
        here=reverse("desk:booking-user-mode", args=[reference]),
        act=lambda what: reverse(f"desk:booking-user-{what}", args=[reference]),
        receipt=lambda number: reverse("desk:booking-receipt", args=[reference, number]),
        act_on=lambda what, pk: reverse(f"desk:booking-user-{what}", args=[reference, pk]),
    )  # fmt: skip
