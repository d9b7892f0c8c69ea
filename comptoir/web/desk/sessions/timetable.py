"""The sittings of a session from a rule: its dates and what they meet are shown before anything is planned."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from comptoir.base.errors import Refusal
from comptoir.catalogue import agenda, queries
from comptoir.catalogue.commands.slots import add_slots
from comptoir.catalogue.hours import WORKING_DAYS, local_day, moment
from comptoir.catalogue.states import HalfDay, Step
from comptoir.catalogue.timetable import SlotDate, Timetable
from comptoir.proposals.queries import held_for
from comptoir.web.desk.sessions.conflicts import Told, sentences
from comptoir.web.desk.sessions.doors import writer
from comptoir.web.desk.sessions.rules import RuleForm, as_asked, ticked_days
from comptoir.web.shared.fields import hour_field
from comptoir.web.shared.refused import put_on


class TimetableForm(RuleForm):
    """The rule, the hours of each day, and where."""

    halves = forms.MultipleChoiceField(
        label=gettext_lazy("Demi-journées"), choices=HalfDay.choices, widget=forms.CheckboxSelectMultiple,
        required=False, help_text=gettext_lazy("9 h – 12 h 30 le matin, 13 h 30 – 17 h l’après-midi."),
    )  # fmt: skip
    start = hour_field(gettext_lazy("Ou de"), required=False)
    end = hour_field(gettext_lazy("À"), required=False)
    place = forms.CharField(label=gettext_lazy("Salle"), max_length=160, required=False)
    remote_url = forms.URLField(
        label=gettext_lazy("Lien à distance"), max_length=300, required=False, assume_scheme="https"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["halves"].choices_class = "row"  # type: ignore[attr-defined]

    def timetable(self) -> Timetable:
        """As the command takes it."""
        said = self.cleaned_data
        return Timetable(
            self.rule(), frozenset(said["halves"]), said["start"], said["end"], said["place"], said["remote_url"]
        )


@require_http_methods(["GET", "HEAD", "POST"])
@writer
def by_rule(request: HttpRequest, session_id: int) -> HttpResponse:
    """The rule (each working day of the session, to begin with) and its dates; POST plans those that stay ticked."""
    here: Any = request
    row = queries.session(session_id=session_id, seen_by=here.actor)
    said = request.POST or request.GET or _usual(row)
    form = TimetableForm(said)
    dates: list[SlotDate] = []
    if form.is_valid():
        try:
            if request.method == "POST":
                return _planned(request, row, form)
            dates = queries.slots_preview(session_id=row.pk, timetable=form.timetable(), seen_by=here.actor)
        except Refusal as refusal:
            put_on(form, refusal)
    met = _met(here, row, dates)
    context = {
        "form": form,
        "row": row,
        "hidden": as_asked(form, said),
        "dates": [(one, met.get(one.on, [])) for one in dates],
    }
    return render(request, "desk/sessions/timetable.html", context, status=422 if form.errors else 200)


def _planned(request: Any, row: Any, form: TimetableForm) -> HttpResponse:
    timetable = form.timetable()
    dates = queries.slots_preview(session_id=row.pk, timetable=timetable, seen_by=request.actor)
    without = {one.on for one in dates} - ticked_days(request)
    outcome = add_slots(session_id=row.pk, timetable=timetable, without=without, by=request.actor, at=request.at)
    count = len(outcome.done)
    said = ngettext("%(n)d séance ajoutée.", "%(n)d séances ajoutées.", count) % {"n": count}
    if not count:
        said = _("Aucune séance n’est ajoutée.")
    messages.success(request, " ".join([said, *(one.refusal.sentence for one in outcome.skipped)]))
    return redirect("desk:session-slots", row.pk)


def _met(here: Any, row: Any, dates: list[SlotDate]) -> dict[date, list[Told]]:
    """Day → what its sittings would meet: a room, a trainer, a client taken elsewhere. Holidays have their own mark."""
    wanted = []
    for one in (sitting for day in dates if day.is_made for sitting in day.sittings):
        start, end = (moment(one.on, clock, row.time_zone) for clock in (one.start, one.end))
        if start and end:
            wanted.append((start, end, one.place))
    warned = agenda.conflicts(row, clients_of=held_for, seen_by=here.actor, wanted=wanted)
    found: dict[date, list[Told]] = {}
    for warning, said in zip(warned, sentences(warned, row.time_zone, seen_by=here.actor), strict=True):
        if warning.starts_at:
            found.setdefault(local_day(warning.starts_at, row.time_zone), []).append(said)
    return found


def _usual(row: Any) -> QueryDict:
    """Both half-days of each working day of the session (of each day, when none is one), as an address would say it."""
    lasts = range((row.ends_on - row.starts_on).days + 1)
    days = {(row.starts_on.weekday() + n) % 7 for n in lasts}
    said = QueryDict(mutable=True)
    said["first"], said["until"] = row.starts_on.isoformat(), row.ends_on.isoformat()
    said["step"], said["skip_holidays"] = Step.WEEKDAYS.value, "on"
    said.setlist("weekdays", [str(one) for one in sorted(WORKING_DAYS if days & WORKING_DAYS else days)])
    said.setlist("halves", list(HalfDay.values))
    return said
