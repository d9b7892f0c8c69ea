"""Who a request is from: pick the client by typing, say that it is another, create the record (B7)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from comptoir.base.errors import Refusal
from comptoir.base.text import clean_line
from comptoir.clients import queries as clients
from comptoir.clients.commands.clients import ClientKnown
from comptoir.integration import drafts
from comptoir.preregistrations.commands import intake as commands
from comptoir.preregistrations.queries import intake
from comptoir.web.desk.intake import shown
from comptoir.web.desk.intake.data import back_to_data, keep_ticks
from comptoir.web.desk.intake.doors import intake_staff
from comptoir.web.shared.doors import STATUS

LONGEST = 200


@require_safe
@intake_staff
def suggestions(request: HttpRequest) -> JsonResponse:
    """The clients one may mean while typing."""
    here: Any = request
    found = clients.suggest(request.GET.get("q", ""), seen_by=here.actor)
    said = ngettext("%(n)d client proposé", "%(n)d clients proposés", len(found)) % {"n": len(found)}
    return JsonResponse(
        {
            "results": [{"value": one.client_id, "label": one.label, "detail": one.detail} for one in found],
            "nothing": "" if found else _("Aucun client de ce nom, de ce numéro ou de ce SIRET."),
            "said": said if found else _("Aucun client"),
        }
    )


@require_POST
@intake_staff
def choose(request: HttpRequest, reference: str) -> HttpResponse:
    """The client picked in the list, or the only one that fits the text typed."""
    here: Any = request
    found = intake.called(reference, seen_by=here.actor)
    client_id = _picked(here, found)
    if client_id is None:
        return redirect("desk:intake-request", reference)
    return _done(here, found, lambda: commands.choose_client(
        request_id=found.pk, client_id=client_id, by=here.actor, at=here.at
    ))  # fmt: skip


@require_POST
@intake_staff
def refuse(request: HttpRequest, reference: str) -> HttpResponse:
    """It is not that client: remembered."""
    here: Any = request
    found = intake.called(reference, seen_by=here.actor)
    client_id = _number(request.POST.get("client", ""))
    return _done(here, found, lambda: commands.refuse_client(
        request_id=found.pk, client_id=client_id, by=here.actor, at=here.at
    ))  # fmt: skip


@require_POST
@intake_staff
def create(request: HttpRequest, reference: str) -> HttpResponse:
    """A record is made from the request; one much like it is shown first."""
    here: Any = request
    found = intake.called(reference, seen_by=here.actor)
    anyway = request.POST.get("anyway") == "1"
    return _done(here, found, lambda: commands.create_client(
        request_id=found.pk, anyway=anyway, by=here.actor, at=here.at
    ))  # fmt: skip


def _picked(request: Any, found: Any) -> int | None:
    """The id chosen by type-ahead; without scripts, the text typed is looked up."""
    for name in (f"client-{found.pk}", "client"):
        if picked := _number(request.POST.get(name, "")):
            return picked
    typed = next((request.POST[name] for name in (f"text-{found.pk}", "text") if request.POST.get(name)), "")
    text = clean_line(typed)[:LONGEST]
    fitting = clients.suggest(text, seen_by=request.actor, limit=2)
    if len(fitting) == 1:
        return fitting[0].client_id
    several = _("Plusieurs clients répondent à «\u202f%(text)s\u202f»\u00a0: précisez.")
    none = _("Aucun client ne répond à «\u202f%(text)s\u202f».")
    messages.info(request, (several if fitting else none) % {"text": text})
    return None


def _done(request: Any, found: Any, act: Any) -> HttpResponse:
    """The act is tried; then the row alone (htmx), the request's page, or the table where the person was."""
    refusal = None
    try:
        act()
    except Refusal as error:
        refusal = error
    if request.htmx:
        return _row(request, found.reference, refusal)
    keep_ticks(request)
    if refusal is not None:
        messages.error(request, refusal.sentence)
    if request.POST.get("from") == "request" or isinstance(refusal, ClientKnown):
        return redirect("desk:intake-request", found.reference)
    return back_to_data(request)


def _row(request: Any, reference: str, refusal: Refusal | None) -> HttpResponse:
    fresh = intake.called(reference, seen_by=request.actor)
    chosen = drafts.standing(seen_by=request.actor).request_ids
    row = shown.rows([fresh], chosen=chosen, organisation_id=request.actor.organisation_id)[0]
    context = {"row": row, "refusal": refusal, "is_swapped": True, "back": request.POST.get("back", "")}
    if isinstance(refusal, ClientKnown):
        context["known"] = refusal.match
    status = STATUS[refusal.kind] if refusal else 200
    return render(request, "desk/intake/_row.html", context, status=status)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0
