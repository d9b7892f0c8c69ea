"""The check-in of one booking, where its code leads: its people of today, one press each, or all at once."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from comptoir.attendance import commands, queries
from comptoir.attendance.rules import moment_named
from comptoir.base import words
from comptoir.base.errors import Refusal
from comptoir.bookings.queries import detail
from comptoir.web.desk.attendance.marking import SITTING, marked
from comptoir.web.shared.doors import STATUS, desk


@require_safe
@desk
def booking(request: HttpRequest, reference: str) -> HttpResponse:
    """Its page."""
    return _shown(request, reference)


@require_POST
@desk
def mark(request: HttpRequest, reference: str, registration_id: int) -> HttpResponse:
    """Present, or not after all."""
    here: Any = request
    if registration_id not in detail(reference, seen_by=here.actor).own:
        raise Http404
    refusal = marked(request, registration_id)
    if here.htmx:
        return _group(request, reference, registration_id, refusal)
    if refusal:
        return _shown(request, reference, refusal=refusal)
    return redirect(f"{reverse('desk:check-in-booking', args=[reference])}#p-{registration_id}")


@require_POST
@desk
def mark_all(request: HttpRequest, reference: str, session_id: int) -> HttpResponse:
    """Everybody of the booking who holds a seat in that session is there."""
    here: Any = request
    found = detail(reference, seen_by=here.actor)
    starts_at = moment_named(request.GET.get(SITTING, ""))
    who = {"booking_id": found.booking.pk, "session_id": session_id}
    try:
        done = commands.mark_all_present(**who, starts_at=starts_at, by=here.actor, at=here.at).done
    except Refusal as refusal:
        if refusal.kind == "missing":
            raise
        return _shown(request, reference, refusal=refusal)
    said = ngettext("%(n)s personne est pointée.", "%(n)s personnes sont pointées.", len(done))
    messages.success(request, said % {"n": words.thousands(len(done))})
    return redirect("desk:check-in-booking", reference)


def _shown(request: HttpRequest, reference: str, *, refusal: Refusal | None = None) -> HttpResponse:
    here: Any = request
    found = queries.arrival(reference, seen_by=here.actor, at=here.at)
    context = {"found": found, "booking": found.booking, "refusal": refusal}
    status = STATUS[refusal.kind] if refusal else 200
    return render(request, "desk/attendance/booking.html", context, status=status)


def _group(request: HttpRequest, reference: str, registration_id: int, refusal: Refusal | None) -> HttpResponse:
    """The people of that session again, as the page has them; the page itself when it has them no more."""
    here: Any = request
    found = queries.arrival(reference, seen_by=here.actor, at=here.at)
    for group in found.groups:
        if any(one.row.pk == registration_id for one in group.people):
            context = {"group": group, "found": found, "booking": found.booking, "refused": refusal}
            status = STATUS[refusal.kind] if refusal else 200
            return render(request, "desk/attendance/_group.html", context, status=status)
    return HttpResponseClientRefresh()
