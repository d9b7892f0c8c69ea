"""Validate a payment, validate a refund (C19–C21), and the payment journal for the accountant."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.base import sheets
from comptoir.base.errors import Refusal
from comptoir.bookings import queries
from comptoir.cards.commands import refunding
from comptoir.payments import journal
from comptoir.payments.commands import recording
from comptoir.web.desk.bookings.detail import page
from comptoir.web.desk.bookings.doors import reader
from comptoir.web.desk.bookings.forms import PeriodForm, SettleForm
from comptoir.web.shared.refused import put_on


@require_POST
@reader
def payment(request: HttpRequest, reference: str) -> HttpResponse:
    """The payment is in the ledger."""
    return _settle(request, reference, is_refund=False)


@require_POST
@reader
def refund(request: HttpRequest, reference: str) -> HttpResponse:
    """The refund is in the ledger."""
    return _settle(request, reference, is_refund=True)


@require_POST
@reader
def refund_by_card(request: HttpRequest, reference: str) -> HttpResponse:
    """What was paid by card goes back to the card."""
    here: Any = request
    booking = queries.detail(reference, seen_by=here.actor).booking
    try:
        refunding.refund_by_card(booking_id=booking.pk, by=here.actor, at=here.at)
    except Refusal as refusal:
        return page(request, reference, refusal=refusal)
    messages.success(request, _("Le remboursement est demandé\u00a0: il sera écrit ici dès que la banque l’aura fait."))
    return redirect("desk:booking", reference)


def _settle(request: HttpRequest, reference: str, *, is_refund: bool) -> HttpResponse:
    here: Any = request
    booking = queries.detail(reference, seen_by=here.actor).booking
    form = SettleForm(request.POST, is_refund=is_refund)
    if not form.is_valid():
        return page(request, reference, form=form)
    told = {
        "booking_id": booking.pk, "key": form.cleaned_data["key"], "settled": form.settled(), "by": here.actor,
        "at": here.at,
    }  # fmt: skip
    try:
        if is_refund:
            recording.record_refund(**told)
        else:
            recording.record_payment(**told, notify=form.cleaned_data["notify"])
    except Refusal as refusal:
        if refusal.kind != "invalid":
            return page(request, reference, refusal=refusal)
        put_on(form, refusal)
        return page(request, reference, form=form)
    messages.success(request, _("Le remboursement est validé.") if is_refund else _("Le paiement est validé."))
    return redirect("desk:booking", reference)


@require_http_methods(["GET", "HEAD", "POST"])
@reader
def ledger(request: HttpRequest) -> Any:
    """The totals of a period, month by month; POST gives the file."""
    here: Any = request
    form = PeriodForm(request.POST if request.method == "POST" else request.GET)
    said = form.cleaned_data if form.is_valid() else {}
    period: dict[str, date | None] = {"first": said.get("first"), "last": said.get("last")}
    if request.method == "POST":
        journal.record_export(by=here.actor, at=here.at)
        chunks = sheets.csv_chunks(journal.titles(), journal.table(seen_by=here.actor, **period))
        answer = StreamingHttpResponse(chunks, content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="paiements-{here.at:%Y-%m-%d}.csv"'
        return answer
    context = {"form": form, "months": journal.by_month(seen_by=here.actor, **period)} | period
    return render(request, "desk/bookings/ledger.html", context)
