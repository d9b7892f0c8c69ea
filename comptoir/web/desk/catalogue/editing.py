"""Create and change an activity."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comptoir.base.errors import Refusal, attempt
from comptoir.catalogue import queries
from comptoir.catalogue.commands import activities as commands
from comptoir.catalogue.states import ActivityKind
from comptoir.organisations.actors import Actor
from comptoir.web.desk.catalogue.forms import ActivityForm, initial_of
from comptoir.web.desk.sessions.doors import writer
from comptoir.web.shared.refused import put_on, put_rest_on


@require_http_methods(["GET", "HEAD", "POST"])
@writer
def new(request: HttpRequest) -> HttpResponse:
    """A blank form; POST makes the activity."""
    here: Any = request
    form = ActivityForm(request.POST or None, actor=here.actor, initial={"kind": ActivityKind.COURSE})
    if request.method == "POST" and _is_readable(form, here.actor):
        try:
            made = commands.create_activity(details=form.details(), by=here.actor, at=here.at)
        except Refusal as refusal:
            put_on(form, refusal)
        else:
            messages.success(request, _("L’activité est créée. Planifiez une session, puis publiez-la."))
            return redirect("desk:activity", made)
    return render(request, "desk/catalogue/form.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@writer
def edit(request: HttpRequest, activity_id: int) -> HttpResponse:
    """The activity as it stands; POST changes it."""
    here: Any = request
    row = queries.activity(activity_id=activity_id, seen_by=here.actor)
    form = ActivityForm(request.POST or None, actor=here.actor, initial=initial_of(row))
    if request.method == "POST" and _is_readable(form, here.actor):
        try:
            commands.change_activity(activity_id=activity_id, details=form.details(), by=here.actor, at=here.at)
        except Refusal as refusal:
            put_on(form, refusal)
        else:
            messages.success(request, _("L’activité est enregistrée."))
            return redirect("desk:activity", activity_id)
    context = {"form": form, "row": row}
    return render(request, "desk/catalogue/form.html", context, status=422 if form.errors else 200)


def _is_readable(form: ActivityForm, actor: Actor) -> bool:
    """Whether every field could be read; if not, what else is wrong is said in the same breath."""
    if form.is_valid():
        return True
    put_rest_on(form, attempt(commands.check_activity, details=form.details(), by=actor))
    return False
