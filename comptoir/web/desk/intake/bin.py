"""The bin: what was thrown away, by whom and when; all of it can come back (B8)."""

from typing import Any

import django_tables2 as tables
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from comptoir.base import words
from comptoir.base.outcome import Outcome
from comptoir.integration.commands import drafting
from comptoir.preregistrations.commands import intake as commands
from comptoir.preregistrations.queries import intake
from comptoir.web.desk.intake.data import back_to_data, chosen_ids
from comptoir.web.desk.intake.doors import intake_staff
from comptoir.web.shared.paging import page_of
from comptoir.web.shared.tables import TickColumn


class BinTable(tables.Table):  # type: ignore[misc]
    """What, from whom, thrown by whom and when."""

    pk = TickColumn(names_row="reference")
    reference = tables.Column(gettext_lazy("Demande"), attrs={"td": {"class": "title"}}, orderable=False)
    legal_name = tables.Column(gettext_lazy("Demandeur"), orderable=False)
    confirmed_at = tables.Column(gettext_lazy("Reçue"), orderable=False, attrs={"td": {"class": "nowrap"}})
    binned_by_name = tables.Column(gettext_lazy("Mise à la corbeille par"), orderable=False)
    binned_at = tables.Column(gettext_lazy("Le"), orderable=False, attrs={"td": {"class": "nowrap"}})

    class Meta:
        attrs = {"class": "table cards"}
        empty_text = gettext_lazy("La corbeille est vide")

    def render_reference(self, value: str) -> str:
        """To the request's page."""
        return format_html('<a class="reference" href="{}">{}</a>', reverse("desk:intake-request", args=[value]), value)

    def render_confirmed_at(self, value: Any) -> str:
        """Day and hour."""
        return words.moment_short(value)

    def render_binned_at(self, value: Any) -> str:
        """Day and hour."""
        return words.moment_short(value)


@require_safe
@intake_staff
def binned(request: HttpRequest) -> HttpResponse:
    """A page of the bin."""
    here: Any = request
    page = page_of(request, intake.binned(seen_by=here.actor))
    table = BinTable(page.object_list)
    table.caption = _("Corbeille")
    table.nothing_icon = "trash"
    table.nothing_text = _("Les demandes mises à la corbeille restent ici, et peuvent toujours être reprises.")
    table.nothing_url, table.nothing_action = reverse("desk:intake"), _("Revenir aux demandes")
    return render(request, "desk/intake/bin.html", {"table": table, "page": page})


@require_POST
@intake_staff
def throw(request: HttpRequest) -> HttpResponse:
    """The requests ticked go to the bin; those a run took meanwhile are named."""
    here: Any = request
    outcome = drafting.throw_away(request_ids=chosen_ids(here), by=here.actor, at=here.at)
    done = ngettext(
        "%(n)s demande mise à la corbeille\u00a0: elle peut en être reprise.",
        "%(n)s demandes mises à la corbeille\u00a0: elles peuvent en être reprises.",
        len(outcome.done),
    )
    _say(here, outcome, done)
    return back_to_data(request)


@require_POST
@intake_staff
def take_back(request: HttpRequest) -> HttpResponse:
    """The requests ticked wait in the assistant again."""
    here: Any = request
    ids = [int(text) for text in request.POST.getlist("ids") if text.isdecimal() and len(text) < 19]
    if request.POST.get("all") == "1":
        ids = list(intake.binned(seen_by=here.actor).values_list("pk", flat=True))
    outcome = commands.restore_requests(request_ids=ids, by=here.actor, at=here.at)
    done = ngettext(
        "%(n)s demande est de nouveau à traiter.", "%(n)s demandes sont de nouveau à traiter.", len(outcome.done)
    )
    _say(here, outcome, done)
    return redirect("desk:intake-bin")


def _say(request: Any, outcome: Outcome[str], done: str) -> None:
    if outcome.done:
        messages.success(request, done % {"n": words.thousands(len(outcome.done))})
    elif not outcome.skipped:
        messages.info(request, _("Aucune demande n’était cochée."))
    for one in outcome.skipped[:5]:
        messages.warning(request, one.refusal.sentence)
