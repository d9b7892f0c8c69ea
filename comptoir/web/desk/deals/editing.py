"""Open and change a deal."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comptoir.base.errors import Refusal
from comptoir.deals import queries
from comptoir.deals.commands import following
from comptoir.web.desk.deals.doors import seller
from comptoir.web.desk.deals.forms import DealForm, initial_of
from comptoir.web.shared.refused import put_on


@require_http_methods(["GET", "HEAD", "POST"])
@seller
def new(request: HttpRequest) -> HttpResponse:
    """A blank form at the organisation's default chance; POST opens the deal."""
    here: Any = request
    initial = {"chance": here.organisation.default_chance, "owner": here.actor.staff_id}
    form = DealForm(request.POST or None, actor=here.actor, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = following.open_deal(values=form.values(), by=here.actor, at=here.at)
        except Refusal as refusal:
            put_on(form, refusal)
        else:
            messages.success(request, _("Le dossier est ouvert."))
            return redirect("desk:deal", queries.reference_of(made, seen_by=here.actor))
    return render(request, "desk/deals/form.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@seller
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """The deal as it stands; POST changes it."""
    here: Any = request
    row = queries.deal(reference, seen_by=here.actor)
    form = DealForm(request.POST or None, actor=here.actor, initial=initial_of(row))
    if request.method == "POST" and form.is_valid():
        try:
            following.change_deal(deal_id=row.pk, values=form.values(), by=here.actor, at=here.at)
        except Refusal as refusal:
            put_on(form, refusal)
        else:
            messages.success(request, _("Le dossier est enregistré."))
            return redirect("desk:deal", reference)
    return render(request, "desk/deals/form.html", {"form": form, "row": row}, status=422 if form.errors else 200)
