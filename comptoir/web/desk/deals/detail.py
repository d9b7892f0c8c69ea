"""One deal: what it is worth, who would come, what was said; moving it, and winning it in one click."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from comptoir.base.errors import Refusal, attempt
from comptoir.bookings import queries as bookings
from comptoir.deals import queries
from comptoir.deals.commands import following
from comptoir.deals.states import OPEN_STAGES, Stage, can_move
from comptoir.enquiries import queries as enquiries
from comptoir.enquiries.facts import facts
from comptoir.integration.commands import winning
from comptoir.journal import queries as journal
from comptoir.organisations import queries as organisations
from comptoir.web.desk.deals.doors import seller
from comptoir.web.desk.deals.forms import MoveForm, NoteForm
from comptoir.web.desk.journal.labels import ACTS
from comptoir.web.shared.doors import STATUS


@require_safe
@seller
def deal(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything about one deal."""
    return _page(request, reference)


@require_POST
@seller
def move(request: HttpRequest, reference: str) -> HttpResponse:
    """The deal stands elsewhere; back to where the form was."""
    here: Any = request
    row, form = queries.deal(reference, seen_by=here.actor), MoveForm(request.POST)
    said = form.cleaned_data if form.is_valid() else {"stage": "", "because": ""}
    refusal = attempt(
        following.move_deal, deal_id=row.pk, stage=said["stage"], because=said["because"], by=here.actor, at=here.at
    )
    if refusal:
        return _page(request, reference, refusal=refusal)
    messages.success(request, _("%(ref)s\u00a0: %(stage)s.") % {"ref": reference, "stage": Stage(said["stage"]).label})
    return redirect(_way_back(request) or reverse("desk:deal", args=[reference]))


@require_POST
@seller
def note(request: HttpRequest, reference: str) -> HttpResponse:
    """The note is kept."""
    here: Any = request
    row, form = queries.deal(reference, seen_by=here.actor), NoteForm(request.POST)
    text = form.cleaned_data.get("text", "") if form.is_valid() else ""
    refusal = attempt(following.write_note, deal_id=row.pk, text=text, by=here.actor, at=here.at)
    if refusal:
        return _page(request, reference, refusal=refusal)
    return redirect("desk:deal", reference)


@require_POST
@seller
def win(request: HttpRequest, reference: str) -> HttpResponse:
    """The deal is won, and its people are registered."""
    here: Any = request
    row = queries.deal(reference, seen_by=here.actor)
    level = request.POST.get("level", "")
    try:
        booking = winning.win(
            deal_id=row.pk, level_id=int(level) if level.isdecimal() else None, by=here.actor, at=here.at
        )
    except Refusal as refusal:
        return _page(request, reference, refusal=refusal)
    said = _("Dossier gagné\u00a0: les participants sont inscrits sous la réservation %(booking)s.")
    messages.success(request, said % {"booking": booking} if booking else _("Dossier gagné."))
    return redirect("desk:deal", reference)


def _page(request: HttpRequest, reference: str, *, refusal: Refusal | None = None) -> HttpResponse:
    here: Any = request
    row = queries.deal(reference, seen_by=here.actor)
    acts = journal.about(row.reference, seen_by=here.actor)[:50]
    context = {
        "row": row,
        "lines": queries.lines(row),
        "enquiry": (enquiry := enquiries.behind(row, seen_by=here.actor)),
        "facts": facts(enquiry) if enquiry else [],
        "notes": queries.notes(row),
        "entries": [(ACTS.get(one.what, one.what), one) for one in acts],
        "moves": [(stage.value, stage.label) for stage in OPEN_STAGES if can_move(row.stage, stage)],
        "can_win": can_move(row.stage, Stage.WON),
        "can_lose": can_move(row.stage, Stage.LOST),
        "levels": [one for one in organisations.levels(seen_by=here.actor) if one.is_active],
        "booking": bookings.born_from(row.reference, seen_by=here.actor),
        "note_form": NoteForm(request.POST or None) if refusal else NoteForm(),
        "refusal": refusal,
    }
    return render(request, "desk/deals/deal.html", context, status=STATUS[refusal.kind] if refusal else 200)


def _way_back(request: HttpRequest) -> str:
    """The board, when the form was on it; only ever an address of ours."""
    back = request.POST.get("back", "")
    return back if url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()) else ""
