"""What is done on the page of one's booking: each act, then the page again, or what stands in its way."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from comptoir.base.errors import Refusal, attempt
from comptoir.bookings import queries as bookings
from comptoir.bookings.commands import choosing, registrant
from comptoir.web.shared.own import ExtrasForm, Faulty, NameForm, Way, page
from comptoir.web.shared.refused import put_on


def cancel(request: HttpRequest, way: Way) -> HttpResponse:
    """The booking is cancelled, the waiting list left, the offer declined; or the page says why not."""
    return _done(request, way, registrant.cancel_own, _("Votre réservation est annulée."))


def accept(request: HttpRequest, way: Way) -> HttpResponse:
    """The seat offered is taken, or the page says why not."""
    return _done(request, way, choosing.accept_own, _("La place est à vous."))


def method(request: HttpRequest, way: Way) -> HttpResponse:
    """It is to be paid so, or the page says why not."""
    said = _("C’est noté\u00a0: vos places sont gardées jusqu’à la date indiquée.")
    return _done(request, way, choosing.choose_method, said, method=request.POST.get("method", ""))


def rename(request: HttpRequest, way: Way, registration_id: int) -> HttpResponse:
    """Somebody else comes, or the page says what is wrong."""
    form = NameForm(request.POST, auto_id=f"id_{registration_id}_%s")
    if not form.is_valid():
        return page(request, way, faulty=Faulty(registration_id, form))
    refusal = _act(request, way, registrant.rename_own, registration_id=registration_id, **form.cleaned_data)
    if refusal and refusal.kind != "invalid":
        return page(request, way, refusal=refusal)
    if put_on(form, refusal):
        return page(request, way, faulty=Faulty(registration_id, form))
    messages.success(request, _("Le participant est remplacé."))
    return redirect(way.here)


def extras(request: HttpRequest, way: Way, registration_id: int) -> HttpResponse:
    """This person has these add-ons, or the page says what is wrong."""
    offered = bookings.add_ons_of(registration_id, organisation_id=way.actor.organisation_id)
    form = ExtrasForm(request.POST, offered=offered, auto_id=f"id_{registration_id}_%s")
    if not form.is_valid():
        return page(request, way, faulty=Faulty(registration_id, form))
    change = choosing.change_add_ons
    refusal = _act(request, way, change, registration_id=registration_id, wanted=form.wanted())
    if refusal:
        return page(request, way, refusal=refusal)
    messages.success(request, _("Les extras sont changés."))
    return redirect(way.here)


def _done(request: HttpRequest, way: Way, command: Callable[..., object], sentence: str, **values: Any) -> HttpResponse:
    if refusal := _act(request, way, command, **values):
        return page(request, way, refusal=refusal)
    messages.success(request, sentence)
    return redirect(way.here)


def _act(request: HttpRequest, way: Way, command: Callable[..., object], **values: Any) -> Refusal | None:
    here: Any = request
    refusal = attempt(command, reference=way.reference, link=way.link, **values, by=way.actor, at=here.at)
    if refusal and refusal.kind == "missing":
        raise Http404
    return refusal
