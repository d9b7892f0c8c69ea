"""The member's own space: where the account stands, what is missing and how to do it, details, dues, mails, card."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.base.errors import attempt
from comptoir.mail import queries as mail
from comptoir.members import fields, queries
from comptoir.members.commands import addresses, details
from comptoir.members.queries import Own
from comptoir.members.states import MemberState, Room, Step
from comptoir.web.portal.doors import member_of
from comptoir.web.shared.links import legal_links
from comptoir.web.shared.members import DetailsForm, initial_of
from comptoir.web.shared.refused import put_on

RECENT = 20


@dataclass(frozen=True)
class Line:
    """One step: done or not, and what the member does about it."""

    step: Step
    is_done: bool
    text: str = ""


@require_safe
@member_of
def home(request: Any, own: Own) -> HttpResponse:
    """The state in one sentence, the steps, then what the account opens."""
    opens = {room.value: own.standing.opens(room) for room in Room}
    context = {
        "opens": opens,
        "lines": [_line(step, own, request) for step in Step],
        "dues": queries.dues(own.member.pk) if opens["mails"] else [],
        "mails": mail.told(own.member.number, organisation_id=own.member.organisation_id)[:RECENT]
        if opens["mails"]
        else [],
    }
    return _shown(request, own, "portal/member.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@member_of
def own_details(request: Any, own: Own) -> HttpResponse:
    """The details: every rule before, every fault at once, all of them or none (E4)."""
    typed = request.POST if request.method == "POST" else None
    form = DetailsForm(typed, initial=initial_of(own.member), needed=fields.DETAILS, on=localdate(request.at))
    if typed is not None and form.is_valid():
        values = form.cleaned_data
        if not put_on(form, attempt(details.complete_own_details, values=values, by=request.actor, at=request.at)):
            messages.success(request, _("Vos informations sont enregistrées."))
            return redirect("portal:member")
    return _shown(request, own, "portal/member_details.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@member_of
def ask_check(request: Any, own: Own) -> HttpResponse:  # noqa: ARG001  # the door's own signature
    """Another link to confirm the address."""
    refusal = attempt(addresses.ask_check, by=request.actor, at=request.at)
    if refusal is not None:
        messages.info(request, refusal.sentence)
    else:
        messages.success(request, _("Un lien valable 24 heures part à votre adresse."))
    return redirect("portal:member")


@require_safe
@member_of
def card(request: Any, own: Own) -> HttpResponse:
    """The card, for who has full access; else the steps that lead to it."""
    if not own.standing.opens(Room.CARD):
        messages.info(request, _("Votre carte vous attend\u00a0: il reste des étapes à faire."))
        return redirect("portal:member")
    return _shown(request, own, "portal/member_card.html", {"year": localdate(request.at).year})


def _line(step: Step, own: Own, request: Any) -> Line:
    if step not in own.standing.missing:
        return Line(step, is_done=True)
    return Line(step, False, {Step.EMAIL: _email, Step.VALIDATION: _validation, Step.DUES: _dues}.get(step, _nothing)(
        own, request
    ))  # fmt: skip


def _nothing(_own: Own, _request: Any) -> str:
    return _("Remplissez chaque champ\u202f; la règle de chacun est écrite dessous.")


def _email(own: Own, _request: Any) -> str:
    if not own.member.user.email:
        return _("Votre compte n’a pas d’adresse de courriel\u00a0: demandez à votre organisme de l’ajouter.")
    sentence = _(
        "Ouvrez le lien envoyé à %(email)s. Rien reçu\u202f? Vérifiez les indésirables, ou demandez-en un autre."
    )
    return sentence % {"email": own.member.user.email}


def _validation(own: Own, _request: Any) -> str:
    if own.member.state == MemberState.REFUSED:
        reason = {"reason": own.member.refusal_reason}
        return _("Refusé\u00a0: %(reason)s Corrigez vos informations, et le compte sera examiné de nouveau.") % reason
    if own.standing.email_checked and own.standing.details_complete:
        return _("Un administrateur examine votre compte. Vous serez prévenu par courriel, il n’y a rien à faire.")
    return _("Un administrateur examinera votre compte quand votre adresse et vos informations seront complètes.")


def _dues(_own: Own, request: Any) -> str:
    values = {"year": localdate(request.at).year, "organisation": request.organisation.name}
    return _("Réglez votre cotisation %(year)s à %(organisation)s, qui l’enregistre à réception.") % values


def _shown(request: Any, own: Own, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    shell = {"own": own, "member": own.member, "legal_links": legal_links(request.organisation)}
    return render(request, template, shell | context, status=status)
