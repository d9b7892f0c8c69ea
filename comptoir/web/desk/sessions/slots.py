"""The schedule of a session: each slot on a line, who teaches, the whole moved to another date."""

from typing import Any

from django import forms
from django.contrib import messages
from django.forms import BaseFormSet, formset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.base.errors import Refusal, Several, attempt
from comptoir.catalogue import queries
from comptoir.catalogue.commands import slots as commands
from comptoir.catalogue.commands.trainers import set_trainers
from comptoir.catalogue.hours import SlotTimes
from comptoir.web.desk.sessions.conflicts import taught_by, told
from comptoir.web.desk.sessions.doors import writer
from comptoir.web.desk.sessions.schedule import sittings
from comptoir.web.shared.fields import day_field, hour_field
from comptoir.web.shared.refused import put_on


class SlotForm(forms.Form):
    """One sitting."""

    on = day_field(gettext_lazy("Jour"))
    start = hour_field(gettext_lazy("De"))
    end = hour_field(gettext_lazy("À"))
    place = forms.CharField(label=gettext_lazy("Salle"), max_length=160, required=False)

    remote_url = forms.URLField(
        label=gettext_lazy("Lien à distance"), max_length=300, required=False, assume_scheme="https"
    )

    def times(self) -> SlotTimes:
        """As the command takes it."""
        said = self.cleaned_data
        return SlotTimes(said["on"], said["start"], said["end"], said["place"], said["remote_url"])


class ShiftForm(forms.Form):
    """The new first day."""

    starts_on = day_field(gettext_lazy("Nouveau premier jour"))


class TrainersForm(forms.Form):
    """Who teaches it."""

    trainers = forms.CharField(
        label=gettext_lazy("Formateurs"),
        required=False,
        max_length=1500,
        help_text=gettext_lazy("Prénom et nom\u202f; plusieurs\u00a0: séparez-les par une virgule."),
    )


Slots = formset_factory(SlotForm, extra=2, can_delete=True, max_num=402, absolute_max=500)


@require_http_methods(["GET", "HEAD", "POST"])
@writer
def slots(request: HttpRequest, session_id: int) -> HttpResponse:
    """The schedule; POST replaces it with the lines that are filled and not crossed out."""
    here: Any = request
    row = queries.session(session_id=session_id, seen_by=here.actor)
    lines = Slots(request.POST or None, initial=_initial(row), prefix="slots")
    if request.method == "POST" and lines.is_valid():
        kept = [line for line in lines if line.cleaned_data and not line.cleaned_data.get("DELETE")]
        wanted = [line.times() for line in kept]
        refusal = attempt(commands.set_slots, session_id=session_id, slots=wanted, by=here.actor, at=here.at)
        if refusal is None:
            messages.success(request, _("Les séances sont enregistrées."))
            return redirect("desk:session", session_id)
        _spread(refusal, kept, lines)
    return _shown(request, row, lines=lines, failed=request.method == "POST")


@require_POST
@writer
def shift(request: HttpRequest, session_id: int) -> HttpResponse:
    """The whole session moves to another date."""
    here: Any = request
    row = queries.session(session_id=session_id, seen_by=here.actor)
    form = ShiftForm(request.POST)
    if form.is_valid():
        to = form.cleaned_data["starts_on"]
        if not put_on(
            form, attempt(commands.shift_session, session_id=session_id, starts_on=to, by=here.actor, at=here.at)
        ):
            messages.success(request, _("La session est déplacée, avec ses séances."))
            return redirect("desk:session", session_id)
    return _shown(request, row, shift=form, failed=True)


@require_POST
@writer
def trainers(request: HttpRequest, session_id: int) -> HttpResponse:
    """Who teaches the session changes."""
    here: Any = request
    row = queries.session(session_id=session_id, seen_by=here.actor)
    form = TrainersForm(request.POST)
    if form.is_valid():
        names = form.cleaned_data["trainers"].split(",")
        if not put_on(form, attempt(set_trainers, session_id=session_id, names=names, by=here.actor, at=here.at)):
            messages.success(request, _("Les formateurs sont enregistrés."))
            return redirect("desk:session-slots", session_id)
    return _shown(request, row, teach=form, failed=True)


def _initial(row: Any) -> list[dict[str, Any]]:
    return [
        {
            "on": one.start.date(),
            "start": one.start.time(),
            "end": one.end.time(),
            "place": one.place,
            "remote_url": one.remote_url,
        }
        for one in sittings(row)
    ]


def _spread(refusal: Refusal, kept: list[Any], lines: "BaseFormSet") -> None:
    """Each fault goes to its line: `slots.2.end` is the field `end` of the third line that was kept."""
    for one in refusal.refusals if isinstance(refusal, Several) else [refusal]:
        _where, number, field = (*one.field.split("."), "", "")[:3]
        if number.isdigit():
            kept[int(number)].add_error(field, one.sentence)
        else:
            lines.non_form_errors().append(one.sentence)


def _shown(
    request: HttpRequest,
    row: Any,
    *,
    lines: "BaseFormSet | None" = None,
    shift: ShiftForm | None = None,
    teach: TrainersForm | None = None,
    failed: bool = False,
) -> HttpResponse:
    here: Any = request
    context = {
        "row": row,
        "lines": lines or Slots(initial=_initial(row), prefix="slots"),
        "teach": teach or TrainersForm(initial={"trainers": ", ".join(taught_by(row.pk))}),
        "conflicts": told(row, seen_by=here.actor),
        "shift": shift or ShiftForm(initial={"starts_on": row.starts_on}),
    }
    return render(request, "desk/sessions/slots.html", context, status=422 if failed else 200)
