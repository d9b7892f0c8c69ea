"""A session again at another date; a series, its dates shown before anything is made."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from comptoir.base.errors import Refusal
from comptoir.catalogue import queries
from comptoir.catalogue.commands import copies as commands
from comptoir.catalogue.states import Step
from comptoir.web.desk.sessions.doors import writer
from comptoir.web.desk.sessions.rules import RuleForm, as_asked, ticked_days
from comptoir.web.shared.fields import day_field
from comptoir.web.shared.refused import put_on

ONE_WEEK = timedelta(days=7)
ON_SALE = gettext_lazy("Ouvrir aussitôt, et publier si la session est INTER")


class CopyForm(forms.Form):
    """When, and whether it goes on sale at once."""

    starts_on = day_field(gettext_lazy("Premier jour"))
    on_sale = forms.BooleanField(label=ON_SALE, required=False)


class SeriesForm(RuleForm):
    """The rule of a series."""

    on_sale = forms.BooleanField(label=ON_SALE, required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@writer
def copy(request: HttpRequest, session_id: int) -> HttpResponse:
    """Asks when; POST makes the copy."""
    here: Any = request
    row = queries.session(session_id=session_id, seen_by=here.actor)
    form = CopyForm(request.POST or None, initial={"starts_on": row.starts_on + ONE_WEEK})
    if request.method == "POST" and form.is_valid():
        try:
            made = commands.copy_session(session_id=session_id, **form.cleaned_data, by=here.actor, at=here.at)
        except Refusal as refusal:
            put_on(form, refusal)
        else:
            messages.success(request, _("Voici la copie, avec ses séances, ses tarifs et ses gestionnaires."))
            return redirect("desk:session", made)
    context = {"form": form, "row": row}
    return render(request, "desk/sessions/copy.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@writer
def series(request: HttpRequest, session_id: int) -> HttpResponse:
    """Asks for the rule; with one in the address, shows the dates; POST makes those that stay ticked."""
    here: Any = request
    row = queries.session(session_id=session_id, seen_by=here.actor)
    said = request.POST if request.method == "POST" else request.GET
    initial = {"first": row.starts_on + ONE_WEEK, "step": Step.WEEK, "times": 10, "skip_holidays": True}
    form = SeriesForm(said or None, initial=initial)
    dates: list[Any] = []
    if form.is_bound and form.is_valid():
        try:
            dates = queries.series_preview(session_id=session_id, rule=form.rule(), seen_by=here.actor)
            if request.method == "POST":
                return _made(request, row, form, {one.on for one in dates})
        except Refusal as refusal:
            put_on(form, refusal)
    kept = ticked_days(request) if request.method == "POST" else {one.on for one in dates if one.is_made}
    context = {"form": form, "row": row, "dates": dates, "kept": kept, "hidden": as_asked(form, said)}
    return render(request, "desk/sessions/series.html", context, status=422 if form.errors else 200)


def _made(request: HttpRequest, row: Any, form: SeriesForm, dates: set[date]) -> HttpResponse:
    here: Any = request
    outcome = commands.make_series(
        session_id=row.pk,
        rule=form.rule(),
        without=dates - ticked_days(request),
        on_sale=form.cleaned_data["on_sale"],
        by=here.actor,
        at=here.at,
    )
    count = len(outcome.done)
    said = ngettext("%(n)d session créée.", "%(n)d sessions créées.", count) % {"n": count}
    if not count:
        said = _("Aucune session n’est créée.")
    skipped = " ".join(one.refusal.sentence for one in outcome.skipped)
    messages.success(request, f"{said} {skipped}".strip())
    return redirect(f"{reverse('desk:sessions')}?activity={row.activity_id}")
