"""The check-in of a session, made for a phone: a sitting, its people by name, one press each."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from comptoir.attendance import queries, rules
from comptoir.attendance.rules import moment_named
from comptoir.attendance.sittings import Sitting, called, nearest
from comptoir.base.errors import Refusal
from comptoir.catalogue import queries as catalogue
from comptoir.web.desk.attendance.marking import SITTING, marked
from comptoir.web.shared.doors import STATUS, desk
from comptoir.web.shared.paging import page_of

SIZE = 50


@require_safe
@desk
def session(request: HttpRequest, session_id: int) -> HttpResponse:
    """Its page: the sitting of now, or the one of the address."""
    return _shown(request, session_id)


@require_POST
@desk
def mark(request: HttpRequest, session_id: int, registration_id: int) -> HttpResponse:
    """Present, or not after all; with scripts only the person's line is sent again, and the count."""
    here: Any = request
    row = catalogue.session(session_id=session_id, seen_by=here.actor)
    starts_at = moment_named(request.GET.get(SITTING, ""))
    queries.person(registration_id, row, starts_at, seen_by=here.actor)
    refusal = marked(request, registration_id)
    if here.htmx:
        return _line(request, row, registration_id, refusal)
    if refusal:
        return _shown(request, session_id, refusal=refusal)
    return redirect(f"{reverse('desk:check-in', args=[session_id])}?{request.GET.urlencode()}#p-{registration_id}")


def _line(request: HttpRequest, row: Any, registration_id: int, refusal: Refusal | None) -> HttpResponse:
    """The person's line and the count; the whole page when that sitting went with its last mark."""
    here: Any = request
    sitting = called(request.GET[SITTING], queries.sittings(row, seen_by=here.actor))
    if sitting is None:
        return HttpResponseClientRefresh()
    one = queries.person(registration_id, row, sitting.starts_at, seen_by=here.actor)
    context = _at(here, row, sitting) | {"one": one, "said": refusal}
    return render(request, "desk/attendance/_marked.html", context, status=_status(refusal))


def _shown(request: HttpRequest, session_id: int, *, refusal: Refusal | None = None) -> HttpResponse:
    here: Any = request
    row = catalogue.session(session_id=session_id, seen_by=here.actor)
    found = queries.sittings(row, seen_by=here.actor)
    sitting = called(request.GET.get(SITTING, ""), found) or nearest(found, at=here.at)
    text = request.GET.get("nom", "").strip()[:100]
    rows = queries.expected(row, sitting.starts_at, seen_by=here.actor, text=text)
    page = page_of(request, rows, size=SIZE)
    context = _at(here, row, sitting) | {
        "sittings": found,
        "text": text,
        "page": page,
        "people": queries.people(page.object_list, sitting.starts_at),
        "refusal": refusal,
    }
    return render(request, "desk/attendance/session.html", context, status=_status(refusal))


def _at(request: Any, row: Any, sitting: Sitting) -> dict[str, Any]:
    """What the page and a line of it both ask for."""
    shut = rules.sitting_refusal(row, sitting, at=request.at)
    return {"row": row, "sitting": sitting, "shut": shut, "is_today": sitting.days_from(request.at) == 0}


def _status(refusal: Refusal | None) -> int:
    return STATUS[refusal.kind] if refusal else 200
