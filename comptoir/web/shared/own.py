"""The page of one's booking (C11), the same for who holds its link and for the desk in user mode (C10)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from comptoir.base.errors import Refusal
from comptoir.bookings import queries as bookings
from comptoir.bookings.links import opened_by
from comptoir.bookings.own import Own, own
from comptoir.organisations.actors import Actor
from comptoir.payments import queries as payments
from comptoir.payments import receipts
from comptoir.web.shared.doors import STATUS
from comptoir.web.shared.extras import ExtraFields, chosen


@dataclass(frozen=True)
class Way:
    """By which door one came: who acts, the link held, the page's template, its addresses, what its frame asks for.

    `act` gives the address of an act on the whole (cancel, method, accept), `act_on` of one on a person (rename,
    extras), by its registration's id.
    """

    actor: Actor
    reference: str
    link: str
    template: str
    here: str
    act: Callable[[str], str]
    act_on: Callable[[str, int], str]
    receipt: Callable[[int], str]
    frame: Callable[[], dict[str, Any]] = dict


class NameForm(forms.Form):
    """Who comes instead."""

    first_name = forms.CharField(label=gettext_lazy("Prénom"), max_length=80)
    last_name = forms.CharField(label=gettext_lazy("Nom"), max_length=80)
    email = forms.EmailField(label=gettext_lazy("Courriel"), max_length=254, required=False)


class ExtrasForm(ExtraFields):
    """What one person takes beside the seat."""


@dataclass(frozen=True)
class Faulty:
    """A form that was sent with faults, and whose it is."""

    registration_id: int
    form: forms.Form


def page(
    request: HttpRequest, way: Way, *, refusal: Refusal | None = None, faulty: Faulty | None = None
) -> HttpResponse:
    """The booking as it stands; nobody keeps the page, or is told its address by where one goes.

    Not « no-referrer »: browsers then send its own forms without an origin, and they are refused.
    """
    here: Any = request
    booking = opened_by(way.reference, way.link, organisation_id=way.actor.organisation_id)
    if booking is None:
        raise Http404
    found = own(booking, at=here.at)
    context = way.frame() | {
        "found": found,
        "booking": booking,
        "people": _people(found, way, faulty),
        "entries": [(one, way.receipt(one.number)) for one in payments.of_own(booking.pk)],
        "cancel_url": way.act("cancel"),
        "method_url": way.act("method"),
        "accept_url": way.act("accept"),
        "refusal": refusal,
    }
    response = render(request, way.template, context, status=_status(refusal, faulty))
    response.headers["Referrer-Policy"] = "strict-origin"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def receipt(way: Way, organisation: Any, number: int) -> HttpResponse:
    """The PDF of one payment or refund of this booking."""
    booking = opened_by(way.reference, way.link, organisation_id=way.actor.organisation_id)
    entry = payments.of_own(booking.pk).filter(number=number).first() if booking else None
    if booking is None or entry is None:
        raise Http404
    response = HttpResponse(receipts.pdf(entry, booking, organisation), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{receipts.name_of(entry)}"'
    return response


def _people(found: Own, way: Way, faulty: Faulty | None) -> list[dict[str, Any]]:
    """Each person, what they take, and the forms that change either, where the activity lets them."""
    changes = found.held if found.may_change_add_ons else []
    offered = bookings.add_ons_offered({row.session_id for row in changes})
    return [_person(row, found, way, offered.get(row.session_id, []), faulty) for row in found.rows]


def _person(row: Any, found: Own, way: Way, offered: list[Any], faulty: Faulty | None) -> dict[str, Any]:
    is_held, lines = row in found.held, found.lines_of(row)
    name: forms.Form | None = None
    extras: forms.Form | None = None
    if found.may_rename and is_held:
        first = {"first_name": row.first_name, "last_name": row.last_name, "email": row.email}
        name = NameForm(initial=first, auto_id=f"id_{row.pk}_%s")
    if found.may_change_add_ons and is_held and (offered or lines):
        extras = ExtrasForm(offered=offered, initial=chosen(lines), auto_id=f"id_{row.pk}_%s")
    if faulty and faulty.registration_id == row.pk:
        name, extras = (faulty.form, extras) if isinstance(faulty.form, NameForm) else (name, faulty.form)
    urls = {"rename_url": way.act_on("rename", row.pk), "extras_url": way.act_on("extras", row.pk)}
    return {"row": row, "lines": lines, "form": name, "extras": extras, **urls}


def _status(refusal: Refusal | None, faulty: object) -> int:
    return STATUS[refusal.kind] if refusal else 422 if faulty else 200
