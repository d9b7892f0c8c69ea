"""Create and change a session."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comptoir.base.errors import Refusal, attempt
from comptoir.catalogue import queries, zones
from comptoir.catalogue.commands import sessions as commands
from comptoir.catalogue.states import HalfDay, SessionKind
from comptoir.organisations.actors import Actor
from comptoir.web.desk.sessions.doors import writer
from comptoir.web.desk.sessions.forms import SessionForm, initial_of
from comptoir.web.shared.refused import put_on, put_rest_on


@require_http_methods(["GET", "HEAD", "POST"])
@writer
def new(request: HttpRequest) -> HttpResponse:
    """A blank form, for the activity of the address when it names one; POST makes the session."""
    here: Any = request
    initial = {
        "activity": request.GET.get("activity", ""),
        "kind": SessionKind.INTER,
        "half_days": list(HalfDay),
        "time_zone": here.organisation.time_zone or zones.HOME,
        "vat": 2000,
    }
    form = SessionForm(request.POST or None, actor=here.actor, initial=initial)
    if request.method == "POST" and _is_readable(form, here.actor):
        said = form.cleaned_data
        try:
            made = commands.create_session(
                activity_id=said["activity"],
                details=form.details(),
                half_days=said["half_days"],
                by=here.actor,
                at=here.at,
            )
        except Refusal as refusal:
            put_on(form, refusal)
        else:
            messages.success(request, _("La session est créée, à l’état de brouillon."))
            return redirect("desk:session", made)
    return _asked(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@writer
def edit(request: HttpRequest, session_id: int) -> HttpResponse:
    """The session as it stands; POST changes it."""
    here: Any = request
    row = queries.session(session_id=session_id, seen_by=here.actor)
    form = SessionForm(request.POST or None, actor=here.actor, session=row, initial=initial_of(row))
    if request.method == "POST" and _is_readable(form, here.actor):
        details = form.details()
        if not put_on(
            form, attempt(commands.change_session, session_id=session_id, details=details, by=here.actor, at=here.at)
        ):
            messages.success(request, _("La session est enregistrée."))
            return redirect("desk:session", session_id)
    return _asked(request, form, row)


def _is_readable(form: SessionForm, actor: Actor) -> bool:
    """Whether every field could be read; if not, what else is wrong is said in the same breath."""
    if form.is_valid():
        return True
    put_rest_on(form, attempt(commands.check_session, details=form.details(), by=actor))
    return False


def _asked(request: HttpRequest, form: SessionForm, row: Any = None) -> HttpResponse:
    here: Any = request
    context = {"form": form, "row": row, "cities": queries.cities(seen_by=here.actor)}
    return render(request, "desk/sessions/form.html", context, status=422 if form.errors else 200)
