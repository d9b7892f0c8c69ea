"""One booking at one look: people, money, mails, journal; those outside the perimeter are masked (C7, C8, C17)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comptoir.base.errors import Refusal
from comptoir.base.tokens import new_token
from comptoir.bookings import queries
from comptoir.bookings.states import LIVE, SEATED, RegistrationState, SeatOrder, can_move
from comptoir.cards import queries as cards
from comptoir.journal import queries as journal
from comptoir.letters import queries as letters
from comptoir.mail import queries as mail
from comptoir.organisations import queries as organisations
from comptoir.payments import queries as payments
from comptoir.web.desk.bookings.doors import reader
from comptoir.web.desk.bookings.forms import SettleForm
from comptoir.web.desk.journal.labels import label
from comptoir.web.shared.doors import STATUS

S = RegistrationState
MOST_ACTS = 50


@require_safe
@reader
def booking(request: HttpRequest, reference: str) -> HttpResponse:
    """Its page."""
    return page(request, reference)


def page(
    request: HttpRequest, reference: str, *, refusal: Refusal | None = None, form: SettleForm | None = None
) -> HttpResponse:
    """The booking's page; `refusal` is what an act just said, `form` the one that had faults."""
    here: Any = request
    found = queries.detail(reference, seen_by=here.actor)
    states = {row.state for row in found.rows}
    context = {
        "found": found,
        "booking": found.booking,
        "people": [_shown(row, found) for row in found.rows],
        "can_cancel": found.is_whole and not states.isdisjoint(LIVE),
        "can_reactivate": found.is_whole and S.CANCELLED in states,
        "can_check_in": any(row.state in SEATED for row in found.rows if row.pk in found.own),
        "can_validate": found.is_whole and not states.isdisjoint((S.PENDING, S.CANDIDATE)),
        "entries": payments.entries_of(found.booking.pk, seen_by=here.actor),
        "cards": cards.of_booking(found.booking.pk),
        "card_refund_cents": cards.refundable_cents(found.booking) if found.is_whole else 0,
        "card_refunds_waiting": cards.refunds_waiting(found.booking.pk),
        "mails": mail.of(reference, seen_by=here.actor)[:MOST_ACTS] if here.actor.works_intake else [],
        "letters": letters.of_booking(found.booking.pk, seen_by=here.actor)[:MOST_ACTS],
        "acts": [(label(one.what), one) for one in journal.about(reference, seen_by=here.actor)[:MOST_ACTS]],
        "levels": [one for one in organisations.levels(seen_by=here.actor) if one.is_active],
        "settle": form or _settle(found),
        "refusal": refusal,
        "is_candidate": S.CANDIDATE in states,
        "seats_said": SeatOrder(found.booking.seat_order).sentence,
    }
    status = STATUS[refusal.kind] if refusal else 422 if form is not None and form.errors else 200
    return render(request, "desk/bookings/booking.html", context, status=status)


def _shown(row: Any, found: Any) -> dict[str, Any]:
    """Outside the perimeter, nothing personal: no name, no address (C17)."""
    is_own = row.pk in found.own
    may_withdraw = is_own and can_move(row.state, S.WITHDRAWN)
    name, lines = (str(row), found.lines_of(row)) if is_own else ("•••", [])
    return {"row": row, "is_own": is_own, "name": name, "lines": lines, "may_withdraw": may_withdraw}


def _settle(found: Any) -> SettleForm | None:
    """The form of what is due, or of what is to be paid back; None when neither is."""
    cents = found.booking.due_cents or found.booking.refund_due_cents
    if not cents or not found.is_whole:
        return None
    chosen = {"method": found.booking.method} if found.booking.method else {}
    return SettleForm(is_refund=not found.booking.due_cents, initial=SettleForm.first(cents, new_token()) | chosen)
