"""Where a session stands: its state, its cancellation, its place on the public counter."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.base.errors import Refusal, attempt
from comptoir.bookings.queries import registrations
from comptoir.catalogue import queries
from comptoir.catalogue.commands import publication as commands
from comptoir.catalogue.states import MOVES, SessionState
from comptoir.web.desk.sessions.detail import VERBS, shown
from comptoir.web.desk.sessions.doors import writer
from comptoir.web.shared.doors import STATUS


@require_POST
@writer
def state(request: HttpRequest, session_id: int) -> HttpResponse:
    """Opened, closed or put back to draft; cancelling asks for a word first."""
    here: Any = request
    to = request.POST.get("to", "")
    if to not in VERBS:
        return shown(request, session_id, status=422)
    refusal = attempt(commands.move_session, session_id=session_id, to=to, by=here.actor, at=here.at)
    return _done(request, session_id, refusal)


@require_POST
@writer
def publication(request: HttpRequest, session_id: int) -> HttpResponse:
    """On the public counter, or off it."""
    here: Any = request
    command = commands.publish_session if request.POST.get("publish") else commands.unpublish_session
    return _done(request, session_id, attempt(command, session_id=session_id, by=here.actor, at=here.at))


@require_http_methods(["GET", "HEAD", "POST"])
@writer
def cancel(request: HttpRequest, session_id: int) -> HttpResponse:
    """Says what will happen and to how many; POST cancels once the reference is typed: it is for good."""
    here: Any = request
    row = queries.session(session_id=session_id, seen_by=here.actor)
    if SessionState.CANCELLED not in MOVES[row.state]:
        return redirect("desk:session", session_id)
    wrong = ""
    if request.method == "POST":
        if request.POST.get("confirmation", "").strip().upper() == row.reference:
            move = {"session_id": session_id, "to": SessionState.CANCELLED, "by": here.actor, "at": here.at}
            return _done(request, session_id, attempt(commands.move_session, **move), _("La session est annulée."))
        wrong = _("Écrivez %(reference)s pour confirmer.") % {"reference": row.reference}
    count = registrations(seen_by=here.actor).filter(session=row).count()
    context = {"row": row, "count": count, "wrong": wrong, "typed": request.POST.get("confirmation", "")}
    return render(request, "desk/sessions/cancel.html", context, status=422 if wrong else 200)


def _done(request: HttpRequest, session_id: int, refusal: Refusal | None, said: str = "") -> HttpResponse:
    if refusal is None:
        if said:
            messages.success(request, said)
        return redirect("desk:session", session_id)
    return shown(request, session_id, refusal=refusal, status=STATUS[refusal.kind])
