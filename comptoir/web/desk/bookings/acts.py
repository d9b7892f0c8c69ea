"""Acts on one booking: cancel, reactivate, validate, withdraw one, label, level (C14–C16, C19)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.base.errors import attempt
from comptoir.bookings import queries
from comptoir.bookings.commands import confirming, marking, moving
from comptoir.bookings.states import RegistrationState, can_move
from comptoir.retention.commands import erasing
from comptoir.web.desk.bookings.detail import page
from comptoir.web.desk.bookings.doors import reader

SAID = {
    "cancel": gettext_lazy("La réservation est annulée, ses places sont libres."),
    "reactivate": gettext_lazy("La réservation est réactivée\u00a0: toutes ses places sont reprises."),
    "validate": gettext_lazy("La réservation est validée."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@reader
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Asks first; POST cancels."""
    here: Any = request
    found = queries.detail(reference, seen_by=here.actor)
    if request.method == "POST":
        return _move(request, reference, "cancel")
    return render(request, "desk/bookings/cancel.html", {"found": found, "booking": found.booking})


@require_POST
@reader
def reactivate(request: HttpRequest, reference: str) -> HttpResponse:
    """All seats again, or a sentence that names what is missing."""
    return _move(request, reference, "reactivate")


@require_POST
@reader
def validate(request: HttpRequest, reference: str) -> HttpResponse:
    """Everybody who was waiting is validated."""
    return _move(request, reference, "validate")


@require_http_methods(["GET", "HEAD", "POST"])
@reader
def withdraw(request: HttpRequest, reference: str, registration_id: int) -> HttpResponse:
    """Says that it is final; POST withdraws this one person."""
    here: Any = request
    found = queries.detail(reference, seen_by=here.actor)
    row = found.person(registration_id)
    if row is None or (request.method != "POST" and not can_move(row.state, RegistrationState.WITHDRAWN)):
        raise Http404
    if request.method != "POST":
        return render(request, "desk/bookings/withdraw.html", {"booking": found.booking, "row": row})
    said = _("L’inscription de %(name)s est retirée.") % {"name": row}
    return _after(request, reference, said, moving.withdraw_registration, registration_id=registration_id)


@require_POST
@reader
def confirm(request: HttpRequest, reference: str) -> HttpResponse:
    """The contact is sent the confirmation, with the link of its page."""
    return _after(request, reference, _("La confirmation part à l’instant."), confirming.send_confirmation)


@require_http_methods(["GET", "HEAD", "POST"])
@reader
def erase(request: HttpRequest, reference: str) -> HttpResponse:
    """Says what goes and that it is for good; POST, with the reference typed again, erases (C9)."""
    here: Any = request
    found = queries.whole(reference, seen_by=here.actor)
    typed = request.POST.get("confirmation", "").strip()
    if request.method == "POST" and typed.upper() == reference.upper():
        return _after(request, reference, _("Les données personnelles sont effacées."), erasing.erase_booking)
    is_wrong = request.method == "POST"
    is_coming = any(row.session.ends_on >= localdate(here.at) for row in found.rows)
    context = {"booking": found.booking, "typed": typed, "is_wrong": is_wrong, "is_coming": is_coming}
    return render(request, "desk/bookings/erase.html", context, status=422 if is_wrong else 200)


@require_POST
@reader
def mark(request: HttpRequest, reference: str) -> HttpResponse:
    """The label and, when one is chosen, the level of confirmation."""
    here: Any = request
    found = queries.detail(reference, seen_by=here.actor)
    level, label = request.POST.get("level", ""), request.POST.get("label")
    if level.isdecimal():
        refusal = attempt(
            marking.set_level, booking_id=found.booking.pk, level_id=int(level), by=here.actor, at=here.at
        )
        if refusal:
            return page(request, reference, refusal=refusal)
    if label is None:
        return redirect("desk:booking", reference)
    return _after(request, reference, _("C’est noté."), marking.label_booking, label=label)


def _move(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    return _after(request, reference, SAID[name], moving.ACTS[name])


def _after(
    request: HttpRequest, reference: str, said: Any, command: Callable[..., object], **values: Any
) -> HttpResponse:
    here: Any = request
    found = queries.detail(reference, seen_by=here.actor)
    refusal = attempt(command, booking_id=found.booking.pk, **values, by=here.actor, at=here.at)
    if refusal:
        return page(request, reference, refusal=refusal)
    messages.success(request, said)
    return redirect("desk:booking", reference)
