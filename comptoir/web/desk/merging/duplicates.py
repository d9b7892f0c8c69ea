"""The clients by colour: certain duplicates, probable ones, none (G3); the search for them, and how far it is."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from comptoir.base.errors import attempt
from comptoir.clients import duplicates as found
from comptoir.clients import queries as clients
from comptoir.clients.commands import duplicates as commands
from comptoir.clients.states import Certainty, ScanState
from comptoir.web.desk.clients.doors import keeper
from comptoir.web.shared.paging import page_of

MOST = 8  # clients of a group on the list; the comparison shows more
LEVELS = (
    (Certainty.CERTAIN, gettext_lazy("Doublons certains")),
    (Certainty.PROBABLE, gettext_lazy("Doublons probables")),
    (Certainty.NONE, gettext_lazy("Sans doublon")),
)
TONES = {Certainty.CERTAIN: "off", Certainty.PROBABLE: "wait", Certainty.NONE: "done"}


@dataclass(frozen=True)
class Shown:
    """One group: its clients, what ties the surest pair of them, its colour."""

    level: Any
    tone: str
    clients: list[Any]
    reason: str
    score: int  # of a hundred
    more: int  # clients beyond those shown


@require_safe
@keeper
def duplicates(request: HttpRequest) -> HttpResponse:
    """A group of clients a row, the surest first; with « sans doublon », the clients nothing is said of."""
    here: Any = request
    level = _level(request)
    text = request.GET.get("q", "").strip()[:100]
    if level == Certainty.NONE:
        rows: Any = found.clients_with(level, seen_by=here.actor).order_by("name_key", "pk")
        rows = rows.filter(clients.bearing(text, seen_by=here.actor)) if text else rows
    else:
        rows = _groups(here, level, text)
    page = page_of(request, rows)
    context = {
        "levels": [(code.value, label, code == level) for code, label in LEVELS],
        "level": level, "page": page, "text": text, "scan": found.last_scan(seen_by=here.actor),
        "groups": [] if level == Certainty.NONE else _shown(here, page.object_list),
        "alone": page.object_list if level == Certainty.NONE else [],
    }  # fmt: skip
    return render(request, "desk/merging/duplicates.html", context | {"is_busy": _is_busy(context["scan"])})


@require_POST
@keeper
def search(request: HttpRequest) -> HttpResponse:
    """The rounds look for duplicates: what changed since the last time, or everything again."""
    here: Any = request
    whole = "tout" in request.POST
    refusal = attempt(commands.ask_scan, by=here.actor, at=here.at, whole=whole)
    if refusal is not None:
        messages.error(request, refusal.sentence)
    return redirect("desk:duplicates")


@require_safe
@keeper
def progress(request: HttpRequest) -> HttpResponse:
    """The bar alone, asked again each second; the whole page once it is over."""
    here: Any = request
    scan = found.last_scan(seen_by=here.actor)
    if not _is_busy(scan):
        return HttpResponseClientRefresh()
    return render(request, "desk/merging/_progress.html", {"scan": scan})


def _is_busy(scan: Any) -> bool:
    return scan is not None and scan.state in {ScanState.WAITING, ScanState.RUNNING}


def _level(request: HttpRequest) -> Certainty:
    asked = request.GET.get("niveau", "")
    return Certainty(asked) if asked in Certainty.values else Certainty.CERTAIN


def _groups(here: Any, level: Certainty, text: str) -> list[found.Group]:
    of_level = level if level == Certainty.CERTAIN else None
    groups = [one for one in found.groups(seen_by=here.actor, level=of_level) if one.level == level]
    if not text:
        return groups
    wanted = set(clients.clients(seen_by=here.actor, text=text).values_list("pk", flat=True))
    return [one for one in groups if wanted.intersection(one.client_ids)]


def _shown(here: Any, groups: Any) -> list[Shown]:
    """Three statements for a page, whatever it holds."""
    ids = {pk for one in groups for pk in one.client_ids[:MOST]}
    known = clients.clients(seen_by=here.actor).in_bulk(ids)
    ties = found.pairs(seen_by=here.actor).select_related(None).filter(left_id__in=ids)
    reasons: dict[int, str] = {}
    for pair in ties.order_by("score"):
        reasons[pair.left_id] = pair.reason
    return [
        Shown(
            Certainty(one.level), TONES[Certainty(one.level)],
            [known[pk] for pk in one.client_ids[:MOST] if pk in known],
            next((reasons[pk] for pk in one.client_ids if pk in reasons), ""),
            round(one.score * 100), max(len(one.client_ids) - MOST, 0),
        )
        for one in groups
    ]  # fmt: skip
