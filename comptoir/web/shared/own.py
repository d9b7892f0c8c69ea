"""The page of one's booking (C11), the same for who holds its link and for the desk in user mode (C10)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.base.errors import Refusal, attempt
from comptoir.bookings.commands import registrant
from comptoir.bookings.links import opened_by
from comptoir.bookings.own import own
from comptoir.organisations.actors import Actor
from comptoir.payments import queries as payments
from comptoir.payments import receipts
from comptoir.web.shared.doors import STATUS
from comptoir.web.shared.refused import put_on


@dataclass(frozen=True)
class Way:
    """By which door one came: who acts, the link held, the page's template, its addresses, what its frame asks for."""

    actor: Actor
    reference: str
    link: str
    template: str
    here: str
    cancel: str
    rename: Callable[[int], str]
    receipt: Callable[[int], str]
    frame: Callable[[], dict[str, Any]] = dict


class NameForm(forms.Form):
    """Who comes instead."""

    first_name = forms.CharField(label=gettext_lazy("Prénom"), max_length=80)
    last_name = forms.CharField(label=gettext_lazy("Nom"), max_length=80)
    email = forms.EmailField(label=gettext_lazy("Courriel"), max_length=254, required=False)


def page(
    request: HttpRequest, way: Way, *, refusal: Refusal | None = None, faulty: tuple[int, NameForm] | None = None
) -> HttpResponse:
    """The booking as it stands; nobody keeps the page or is told where one came from."""
    here: Any = request
    booking = opened_by(way.reference, way.link, organisation_id=way.actor.organisation_id)
    if booking is None:
        raise Http404
    found = own(booking, at=here.at)
    context = way.frame() | {
        "found": found,
        "booking": booking,
        "people": [_person(row, found.may_rename, way, faulty) for row in found.rows],
        "entries": [(one, way.receipt(one.number)) for one in payments.of_own(booking.pk)],
        "cancel_url": way.cancel,
        "is_open": bool(faulty),
        "refusal": refusal,
    }
    response = render(request, way.template, context, status=_status(refusal, faulty))
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def cancel(request: HttpRequest, way: Way) -> HttpResponse:
    """The booking is cancelled, or the page says why not."""
    if refusal := _act(request, way, registrant.cancel_own):
        return page(request, way, refusal=refusal)
    messages.success(request, _("Votre réservation est annulée."))
    return redirect(way.here)


def rename(request: HttpRequest, way: Way, registration_id: int) -> HttpResponse:
    """Somebody else comes, or the page says what is wrong."""
    form = NameForm(request.POST, auto_id=f"id_{registration_id}_%s")
    if not form.is_valid():
        return page(request, way, faulty=(registration_id, form))
    refusal = _act(request, way, registrant.rename_own, registration_id=registration_id, **form.cleaned_data)
    if refusal and refusal.kind != "invalid":
        return page(request, way, refusal=refusal)
    if put_on(form, refusal):
        return page(request, way, faulty=(registration_id, form))
    messages.success(request, _("Le participant est remplacé."))
    return redirect(way.here)


def receipt(way: Way, organisation: Any, number: int) -> HttpResponse:
    """The PDF of one payment or refund of this booking."""
    booking = opened_by(way.reference, way.link, organisation_id=way.actor.organisation_id)
    entry = payments.of_own(booking.pk).filter(number=number).first() if booking else None
    if booking is None or entry is None:
        raise Http404
    response = HttpResponse(receipts.pdf(entry, booking, organisation), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{receipts.name_of(entry)}"'
    return response


def _act(request: HttpRequest, way: Way, command: Callable[..., object], **values: Any) -> Refusal | None:
    here: Any = request
    refusal = attempt(command, reference=way.reference, link=way.link, **values, by=way.actor, at=here.at)
    if refusal and refusal.kind == "missing":
        raise Http404
    return refusal


def _person(row: Any, may_rename: bool, way: Way, faulty: tuple[int, NameForm] | None) -> dict[str, Any]:
    form = None
    if may_rename and row.state in ("pending", "validated"):
        first = {"first_name": row.first_name, "last_name": row.last_name, "email": row.email}
        form = NameForm(initial=first, auto_id=f"id_{row.pk}_%s")
    if faulty and faulty[0] == row.pk:
        form = faulty[1]
    return {"row": row, "form": form, "url": way.rename(row.pk)}


def _status(refusal: Refusal | None, faulty: object) -> int:
    return STATUS[refusal.kind] if refusal else 422 if faulty else 200
