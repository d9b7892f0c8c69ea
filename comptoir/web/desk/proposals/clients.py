"""The tab « Client » of a session: who its clients are, where each stands (D8), what was proposed, the switch (D10)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from comptoir.base.errors import Refusal
from comptoir.base.text import clean_line
from comptoir.clients import queries as clients
from comptoir.proposals import queries
from comptoir.proposals.commands import clients as commands
from comptoir.proposals.commands import proposing
from comptoir.proposals.commands.drafting import begin_proposal
from comptoir.web.desk.mail.timeline import remark
from comptoir.web.desk.proposals.doors import seller
from comptoir.web.shared.paging import page_of

LONGEST = 200


@require_safe
@seller
def tab(request: HttpRequest, session_id: int) -> HttpResponse:
    """The clients of the session."""
    here: Any = request
    row = queries.session_open_to(session_id, seen_by=here.actor)
    found = queries.parties(row, seen_by=here.actor, at=here.at)
    page = page_of(request, found)
    for one in page:
        for sent in one.proposals:
            for mail in sent.mails:
                mail.said = remark(mail)
    context = {
        "row": row, "page": page, "total": len(found), "is_intra": queries.is_intra(row),
        "is_planned": bool(row.slots.all()), "is_off": row.state == "cancelled",
        "moved": sum(one.has_moved and bool(one.latest) for one in found),
        "drafts": queries.drafts(row, seen_by=here.actor),
    }  # fmt: skip
    return render(request, "desk/proposals/clients.html", context)


@require_POST
@seller
def add(request: HttpRequest, session_id: int) -> HttpResponse:
    """One more client, picked in the list or named so that only one fits."""
    here: Any = request
    queries.session_open_to(session_id, seen_by=here.actor)
    client_id = _picked(here)
    if client_id is None:
        return redirect("desk:session-clients", session_id)
    return _done(here, session_id, lambda: commands.add_client(
        session_id=session_id, client_id=client_id, by=here.actor, at=here.at
    ))  # fmt: skip


@require_POST
@seller
def remove(request: HttpRequest, session_id: int, client_id: int) -> HttpResponse:
    """One client less."""
    here: Any = request
    return _done(here, session_id, lambda: commands.remove_client(
        session_id=session_id, client_id=client_id, by=here.actor, at=here.at
    ))  # fmt: skip


@require_POST
@seller
def validation(request: HttpRequest, session_id: int, client_id: int) -> HttpResponse:
    """The switch « Validation manuelle », on or off."""
    here: Any = request
    command = commands.validate_dates if request.POST.get("on") else commands.undo_validation
    return _done(here, session_id, lambda: command(
        session_id=session_id, client_id=client_id, by=here.actor, at=here.at
    ))  # fmt: skip


@require_POST
@seller
def propose(request: HttpRequest, session_id: int) -> HttpResponse:
    """A draft for those ticked, or for all."""
    here: Any = request
    chosen = None
    if request.POST.get("act") != "all":
        chosen = [int(one) for one in request.POST.getlist("clients") if one.isdecimal()]
    try:
        pk = begin_proposal(session_id=session_id, client_ids=chosen, by=here.actor, at=here.at)
    except Refusal as refusal:
        if refusal.kind == "missing":
            raise
        messages.error(request, refusal.sentence)
        return redirect("desk:session-clients", session_id)
    return redirect("desk:proposal-draft", pk)


@require_POST
@seller
def propose_again(request: HttpRequest, session_id: int) -> HttpResponse:
    """The new dates leave at once for all who knew of the former ones (D11)."""
    here: Any = request

    def act() -> None:
        count = proposing.propose_again(session_id=session_id, by=here.actor, at=here.at)
        said = ngettext(
            "Les nouvelles dates partent à %(n)d client.", "Les nouvelles dates partent à %(n)d clients.", count
        )
        messages.success(request, said % {"n": count})

    return _done(here, session_id, act)


def _done(request: Any, session_id: int, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except Refusal as refusal:
        if refusal.kind == "missing":
            raise
        messages.error(request, refusal.sentence)
    return redirect("desk:session-clients", session_id)


def _picked(request: Any) -> int | None:
    """The id chosen by type-ahead; without scripts, the text typed is looked up."""
    if (picked := request.POST.get("client", "")).isdecimal():
        return int(picked)
    text = clean_line(request.POST.get("text", ""))[:LONGEST]
    fitting = clients.suggest(text, seen_by=request.actor, limit=2)
    if len(fitting) == 1:
        return fitting[0].client_id
    several = _("Plusieurs clients répondent à «\u202f%(text)s\u202f»\u00a0: précisez.")
    none = _("Aucun client ne répond à «\u202f%(text)s\u202f».")
    messages.info(request, (several if fitting else none) % {"text": text})
    return None
