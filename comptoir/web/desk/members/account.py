"""What an administrator does about a member's account: its address, a link, the decision (E3, E8)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.administration.commands import members as administration
from comptoir.base.errors import Missing, Refusal, attempt
from comptoir.members import queries
from comptoir.members.commands import validation
from comptoir.retention.commands.members import erase_member
from comptoir.web.desk.members.doors import administrator
from comptoir.web.desk.members.forms import AddressForm, RefuseForm
from comptoir.web.desk.members.record import page
from comptoir.web.shared.refused import put_on


@require_POST
@administrator
def address(request: HttpRequest, member_id: int) -> HttpResponse:
    """The address is added or corrected; « Renvoyer mot de passe » beside it does both at once."""
    here: Any = request
    form = AddressForm(request.POST)
    if form.is_valid():
        email = form.cleaned_data["email"]
        refusal = attempt(administration.set_member_email, member_id=member_id, email=email, by=here.actor, at=here.at)
        if not put_on(form, refusal):
            if "send" in request.POST:
                return link(request, member_id)
            messages.success(request, _("L’adresse est enregistrée."))
            return redirect("desk:member", member_id)
    return page(here, member_id, address_form=form)


@require_POST
@administrator
def link(request: HttpRequest, member_id: int) -> HttpResponse:
    """« Renvoyer mot de passe »: a single-use link goes to the member, whom nobody here can be taken for."""
    here: Any = request
    try:
        email = administration.resend_password(member_id=member_id, by=here.actor, at=here.at)
    except Missing:
        raise
    except Refusal as refusal:
        return page(here, member_id, refusal=refusal)
    messages.success(request, _("Un lien valable 24 heures part à %(email)s.") % {"email": email})
    return redirect("desk:member", member_id)


@require_POST
@administrator
def validate(request: HttpRequest, member_id: int) -> HttpResponse:
    """The account is validated, and the member told."""
    here: Any = request
    try:
        validation.validate_member(member_id=member_id, by=here.actor, at=here.at)
    except Missing:
        raise
    except Refusal as refusal:
        return page(here, member_id, refusal=refusal)
    messages.success(request, _("Le compte est validé, l’adhérent est prévenu."))
    return redirect("desk:member", member_id)


@require_POST
@administrator
def refuse(request: HttpRequest, member_id: int) -> HttpResponse:
    """The account is refused, and the member told why."""
    here: Any = request
    form = RefuseForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        refusal = attempt(validation.refuse_member, member_id=member_id, reason=reason, by=here.actor, at=here.at)
        if not put_on(form, refusal):
            messages.success(request, _("Le compte est refusé, l’adhérent en reçoit le motif."))
            return redirect("desk:member", member_id)
    return page(here, member_id, refuse_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@administrator
def erase(request: HttpRequest, member_id: int) -> HttpResponse:
    """Says what goes and what stays; POST, with the number typed, erases the member for good."""
    here: Any = request
    row = queries.member(member_id, seen_by=here.actor, on=localdate(here.at))
    typed = request.POST.get("confirmation", "").strip()
    is_wrong = request.method == "POST" and typed.upper() != row.number.upper()
    if request.method == "POST" and not is_wrong:
        erase_member(member_id=member_id, by=here.actor, at=here.at)
        messages.success(request, _("L’adhérent %(number)s est effacé.") % {"number": row.number})
        return redirect("desk:members")
    context = {"row": row, "typed": typed, "is_wrong": is_wrong}
    return render(request, "desk/members/erase.html", context, status=422 if is_wrong else 200)
