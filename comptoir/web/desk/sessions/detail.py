"""The page of a session: who, what, where it stands; its registrations, slots, rates, people and publication."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comptoir.attendance import queries as attendance
from comptoir.base.errors import Refusal
from comptoir.base.money import price
from comptoir.bookings.queries import by_seat, registrations, seats_left
from comptoir.bookings.states import SeatOrder
from comptoir.catalogue import queries, zones
from comptoir.catalogue.states import MOVES, SessionState
from comptoir.courses.queries import seat_order_of
from comptoir.journal import queries as journal
from comptoir.letters import queries as letters
from comptoir.web.desk.journal.labels import label
from comptoir.web.desk.sessions.conflicts import taught_by, told
from comptoir.web.desk.sessions.doors import reader
from comptoir.web.desk.sessions.schedule import days_of
from comptoir.web.desk.sessions.tables import low
from comptoir.web.shared.paging import page_of

RECENT = 8
VERBS = {SessionState.OPEN, SessionState.CLOSED, SessionState.DRAFT}  # cancelling has a page of its own


@require_safe
@reader
def session(request: HttpRequest, session_id: int) -> HttpResponse:
    """Its page."""
    return shown(request, session_id)


def shown(request: HttpRequest, session_id: int, *, refusal: Refusal | None = None, status: int = 200) -> HttpResponse:
    """The page, with the refusal of what was just tried, if any."""
    here: Any = request
    row = queries.session(session_id=session_id, seen_by=here.actor)
    seats = seats_left([row.pk], extras=True)[row.pk]
    order = seat_order_of(row.activity_id)
    has_places = order != SeatOrder.ARRIVAL or seats.candidates > 0
    people = registrations(seen_by=here.actor).filter(session=row).order_by("last_name", "first_name", "pk")
    if has_places:
        people = by_seat(row.pk, seen_by=here.actor)
    offered = [one.price_cents for one in row.seat_types.all() if one.is_active]
    lowest = min(offered, default=row.price_cents)
    context = {
        "row": row,
        "price": price(lowest, row.vat_bp),
        "has_rates": bool(offered),
        "taken": None if row.capacity is None or seats.left is None else row.capacity - seats.left,
        "low": low(row.capacity or 0),
        "days": days_of(row),
        "conflicts": told(row, seen_by=here.actor),
        "trainers": taught_by(row.pk),
        "marked": [one for one in attendance.sittings(row, seen_by=here.actor) if one.here],
        "zone": "" if row.time_zone == here.organisation.time_zone else zones.label(row.time_zone),
        "rates": [(one, price(one.price_cents, row.vat_bp), seats.of(one.pk)) for one in row.seat_types.all()],
        "add_ons": [
            (one, price(one.price_cents, row.vat_bp), seats.by_add_on.get(one.pk)) for one in row.add_ons.all()
        ],
        "moves": [state for state in SessionState if state in MOVES[row.state] and state in VERBS],
        "may_cancel": SessionState.CANCELLED in MOVES[row.state],
        "obstacles": queries.obstacles(row, at=here.at),
        "registrations": page_of(request, people),
        "candidates": seats.candidates,
        "has_places": has_places,
        "seats_said": order.sentence,
        "letters": letters.of_session(row.pk, seen_by=here.actor)[:RECENT],
        "acts": _acts(here, row),
        "refusal": refusal,
    }
    return render(request, "desk/sessions/session.html", context, status=status)


def _acts(request: Any, row: Any) -> list[tuple[Any, str]]:
    """What was done lately, for those who may read the journal."""
    if not request.actor.is_administrator:
        return []
    found = journal.entries(seen_by=request.actor, about=row.reference)[:RECENT]
    return [(entry, label(entry.what)) for entry in found]
