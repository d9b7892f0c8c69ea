"""Accueil: what waits, each line leading to the list that holds it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from comptoir.base import words
from comptoir.bookings import queries as bookings
from comptoir.deals import queries as deals
from comptoir.integration import drafts
from comptoir.integration import queries as integration
from comptoir.integration.states import RunState
from comptoir.mail import queries as mail
from comptoir.members import queries as members
from comptoir.preregistrations.queries import intake
from comptoir.proposals import queries as proposals
from comptoir.web.desk.home import coming, offer
from comptoir.web.desk.rail import address
from comptoir.web.shared.doors import desk

RECENT_RUNS = 3


@dataclass(frozen=True)
class Line:
    """One thing that waits: how many, what, since when, and where to do it. `tone` only when it presses."""

    count: int
    label: str
    url: str
    detail: str = ""
    tone: str = ""


@require_safe
@desk
def home(request: HttpRequest) -> HttpResponse:
    """What waits for this person, within the perimeter; the question of the source, once per sign-in."""
    here: Any = request
    month = coming.month(seen_by=here.actor, today=timezone.localdate(here.at))
    context: dict[str, Any] = {"today": timezone.localdate(here.at), "month": month}
    lines = _sessions(month)
    if here.actor.works_intake:
        context |= {"offer": offer.offer(here), "draft": drafts.standing(seen_by=here.actor), **_runs(here)}
        lines = [*_intake(here), *_others(here), *_members(here), *_paid_without_seat(here), *lines]
    context["lines"] = [line for line in lines if line.count]
    response = render(request, "desk/home/home.html", context)
    if context.get("offer"):
        offer.note_said(here, response)
    return response


def _runs(request: Any) -> dict[str, Any]:
    latest = list(integration.runs(seen_by=request.actor)[: RECENT_RUNS * 2])
    busy = [run for run in latest if run.state != RunState.FINISHED]
    return {"running": busy, "finished": [run for run in latest if run not in busy][:RECENT_RUNS]}


def _intake(request: Any) -> list[Line]:
    waiting = intake.waiting_count(seen_by=request.actor)
    oldest = offer.oldest(request) if waiting else None
    since = _("la plus ancienne\u00a0: %(at)s") % {"at": words.moment_short(oldest)} if oldest else ""
    files = intake.notices(seen_by=request.actor).count()
    return [
        Line(waiting, ngettext("pré-inscription à traiter", "pré-inscriptions à traiter", waiting),
             address("desk:intake"), since),
        Line(files, ngettext("fichier de Résa à signaler", "fichiers de Résa à signaler", files),
             address("desk:intake-files"), _("disparu, modifié ou étranger"), "wait"),
    ]  # fmt: skip


def _others(request: Any) -> list[Line]:
    late = deals.overdue(seen_by=request.actor, at=request.at).count()
    refused = mail.refused_count(seen_by=request.actor)
    dates = proposals.to_remind(seen_by=request.actor, at=request.at).count()
    return [
        Line(late, ngettext("dossier commercial en retard", "dossiers commerciaux en retard", late),
             _filtered("desk:deals", "overdue=1"), _("prochaine action dépassée"), "off"),
        Line(dates, ngettext("client à relancer sur ses dates", "clients à relancer sur leurs dates", dates),
             address("desk:proposals"), _("échéance proche ou dépassée"), "wait"),
        Line(refused, ngettext("message refusé", "messages refusés", refused),
             _filtered("desk:messages", "state=refused"), _("adresse à corriger, puis à renvoyer"), "off"),
    ]  # fmt: skip


def _members(request: Any) -> list[Line]:
    """The accounts that wait for an administrator (E8); nobody else has any to validate."""
    waiting = members.waiting_count(seen_by=request.actor) if request.actor.is_administrator else 0
    label = ngettext("compte d’adhérent à valider", "comptes d’adhérents à valider", waiting)
    url = _filtered("desk:members-validation", "etat=pending")
    return [Line(waiting, label, url, _("adresse confirmée, informations complètes"))]


def _paid_without_seat(request: Any) -> list[Line]:
    """Candidates whose payment came when no seat was left (ADR 0035)."""
    search = bookings.Search(state="candidate", payment="paid")
    found = bookings.count(seen_by=request.actor, search=search)
    label = ngettext("inscription payée sans place", "inscriptions payées sans place", found)
    url = _filtered("desk:bookings", "state=candidate&payment=paid")
    return [Line(found, label, url, _("à rembourser, ou une place à libérer"), "wait")]


def _sessions(month: coming.Month) -> list[Line]:
    empty, full = len(month.empty), len(month.filling)
    until = words.day_short(month.until)
    return [
        Line(empty, ngettext("session ne se remplit pas", "sessions ne se remplissent pas", empty),
             _filtered("desk:sessions", "seats=empty"),
             _("moins de la moitié des places prises, d’ici au %(day)s") % {"day": until}, "wait"),
        Line(full, ngettext("session bientôt complète", "sessions bientôt complètes", full),
             _filtered("desk:sessions", "seats=full"), _("d’ici au %(day)s") % {"day": until}),
    ]  # fmt: skip


def _filtered(name: str, query: str) -> str:
    url = address(name)
    return f"{url}?{query}" if url else ""
