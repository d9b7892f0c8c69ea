"""The page of one's booking, by the secret link of the mail (C11, C14). A GET changes nothing: machines open links."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from comptoir.bookings.links import opened_by
from comptoir.organisations.actors import registrant
from comptoir.web.public.cards import may_leave
from comptoir.web.public.pages import shell_of
from comptoir.web.shared import own, own_acts
from comptoir.web.shared.doors import public
from comptoir.web.shared.languages import follow, has_chosen
from comptoir.web.shared.own import Way


@require_safe
@may_leave
@public
def booking(request: HttpRequest, reference: str, link: str) -> HttpResponse:
    """Its page."""
    return own.page(request, _way(request, reference, link))


@require_POST
@public
def cancel(request: HttpRequest, reference: str, link: str) -> HttpResponse:
    """All the seats are free again."""
    return own_acts.cancel(request, _way(request, reference, link))


@require_POST
@public
def accept(request: HttpRequest, reference: str, link: str) -> HttpResponse:
    """The seat offered is taken."""
    return own_acts.accept(request, _way(request, reference, link))


@require_POST
@public
def method(request: HttpRequest, reference: str, link: str) -> HttpResponse:
    """It is to be paid so."""
    return own_acts.method(request, _way(request, reference, link))


@require_POST
@public
def rename(request: HttpRequest, reference: str, link: str, registration_id: int) -> HttpResponse:
    """Somebody else has this seat."""
    return own_acts.rename(request, _way(request, reference, link), registration_id)


@require_POST
@public
def extras(request: HttpRequest, reference: str, link: str, registration_id: int) -> HttpResponse:
    """This person has these add-ons."""
    return own_acts.extras(request, _way(request, reference, link), registration_id)


@require_safe
@public
def receipt(request: HttpRequest, reference: str, link: str, number: int) -> HttpResponse:
    """The receipt of one payment."""
    here: Any = request
    return own.receipt(_way(request, reference, link), here.organisation, number)


def _way(request: HttpRequest, reference: str, link: str) -> Way:
    here: Any = request
    names = [reference, link]
    if not has_chosen(request) and (found := opened_by(reference, link, organisation_id=here.organisation.pk)):
        follow(request, found.language)
    frame = shell_of(here) | _own_files(names)
    return Way(
        registrant(here.organisation.pk), reference, link, "counter/booking.html",
        here=reverse("counter:booking", args=names), act=lambda what: reverse(f"counter:booking-{what}", args=names),
        receipt=lambda number: reverse("counter:booking-receipt", args=[*names, number]),
        act_on=lambda what, pk: reverse(f"counter:booking-{what}", args=[*names, pk]), frame=lambda: frame,
    )  # fmt: skip


def _own_files(names: list[str]) -> dict[str, str]:
    """What the page of the link offers besides: the calendar, the card, and the code read at the door."""
    return {f"{name}_url": reverse(f"counter:booking-{name}", args=names) for name in ("calendar", "card", "picture")}
