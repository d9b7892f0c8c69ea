"""Registrations and payments for programs: read, move, settle; the same commands and queries as the desk's."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from ninja import Header, Query, Router

from comptoir.api.door import Token
from comptoir.api.schemas import BookingOut, PeoplePage, Refused, SettledIn
from comptoir.base.errors import Missing
from comptoir.bookings import queries
from comptoir.bookings.commands import moving
from comptoir.bookings.queries import MOST_COUNTED, Search
from comptoir.organisations.states import Scope
from comptoir.payments import queries as payments
from comptoir.payments.commands import recording
from comptoir.payments.commands.recording import Settled

READ, WRITE = Token(Scope.REGISTRATIONS_READ), Token(Scope.REGISTRATIONS_WRITE)
router = Router(tags=["registrations"])
PAGE = 100
REFUSALS: dict[int, Any] = {401: dict[str, str], 403: Refused, 404: Refused, 409: Refused, 422: Refused}


@router.get("/registrations", auth=READ, response={200: PeoplePage} | REFUSALS)
def people(
    request: HttpRequest, text: str = "", state: str = "", payment: str = "", after: str = Query("", max_length=40)
) -> dict[str, Any]:
    """Registrations, newest booking first, 100 a page; `after` is the `next` of the page before."""
    by: Any = request.actor  # type: ignore[attr-defined]
    search = Search(text=text[:100], state=state, payment=payment)
    if state and state not in moving.S.values:
        raise Missing("Cet état n’existe pas.")
    found = queries.registrations(seen_by=by, search=search).filter(_beyond(after))
    rows = list(found[: PAGE + 1])
    count = queries.count(seen_by=by, search=search)
    is_capped = not search.is_counted and count > MOST_COUNTED
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return {
        "count": MOST_COUNTED if is_capped else count, "is_capped": is_capped,
        "next": f"{last.booking_id}.{last.position}" if last else "", "items": [_person(row) for row in rows[:PAGE]],
    }  # fmt: skip


@router.get("/bookings/{reference}", auth=READ, response={200: BookingOut} | REFUSALS)
def booking(request: HttpRequest, reference: str) -> dict[str, Any]:
    """A booking, its people and its ledger."""
    return _booking(reference, request.actor)  # type: ignore[attr-defined]


@router.post("/bookings/{reference}/{act}", auth=WRITE, response={200: BookingOut} | REFUSALS)
def act(request: HttpRequest, reference: str, act: str) -> dict[str, Any]:
    """`cancel`, `reactivate` or `validate`: all of it, or a refusal that says why."""
    by: Any = request.actor  # type: ignore[attr-defined]
    if act not in moving.ACTS:
        raise Missing("Cet acte n’existe pas.")
    pk = queries.detail(reference, seen_by=by).booking.pk
    moving.ACTS[act](booking_id=pk, by=by, at=request.at)  # type: ignore[attr-defined]
    return _booking(reference, by)


@router.post("/bookings/{reference}/people/{person_id}/withdraw", auth=WRITE, response={200: BookingOut} | REFUSALS)
def withdraw(request: HttpRequest, reference: str, person_id: int) -> dict[str, Any]:
    """One person of a validated booking is withdrawn, for good."""
    by: Any = request.actor  # type: ignore[attr-defined]
    pk = queries.detail(reference, seen_by=by).booking.pk
    moving.withdraw_registration(booking_id=pk, registration_id=person_id, by=by, at=request.at)  # type: ignore[attr-defined]
    return _booking(reference, by)


@router.post("/bookings/{reference}/ledger/{kind}", auth=WRITE, response={200: BookingOut} | REFUSALS)
def settle(
    request: HttpRequest, reference: str, kind: str, told: SettledIn,
    idempotency_key: str = Header(..., alias="Idempotency-Key"),
) -> dict[str, Any]:  # fmt: skip
    """A `payment` or a `refund` is in the ledger. The same key is the same entry."""
    by: Any = request.actor  # type: ignore[attr-defined]
    pk = queries.detail(reference, seen_by=by).booking.pk
    settled = Settled(told.amount_cents, told.method, told.settled_on, told.comment)
    key = {"booking_id": pk, "key": f"api:{idempotency_key}"[:64], "settled": settled, "by": by}
    if kind == "payment":
        recording.record_payment(**key, notify=told.notify, at=request.at)  # type: ignore[attr-defined]
    elif kind == "refund":
        recording.record_refund(**key, at=request.at)  # type: ignore[attr-defined]
    else:
        raise Missing("Le grand livre tient des paiements et des remboursements.")
    return _booking(reference, by)


def _beyond(mark: str) -> Q:
    booking_id, _dot, position = mark.partition(".")
    if not (booking_id.isdecimal() and position.isdecimal() and len(booking_id) < 19 and len(position) < 6):
        return Q()
    return queries.after(int(booking_id), int(position))


def _booking(reference: str, by: Any) -> dict[str, Any]:
    found = queries.detail(reference, seen_by=by)
    row = found.booking
    return {
        "reference": row.reference, "status": found.status.value, "payment": row.payment,
        "owed_cents": row.owed_cents, "paid_cents": row.paid_cents, "contact_name": row.contact_name,
        "contact_email": row.contact_email, "contact_phone": row.contact_phone,
        "client": row.client.number if row.client else "", "label": row.label,
        "people": [_person(one, row.reference) for one in found.rows],
        "entries": list(payments.entries_of(row.pk, seen_by=by)),
    }  # fmt: skip


def _person(row: Any, reference: str = "") -> dict[str, Any]:
    return {
        "id": row.pk, "booking": reference or row.booking.reference, "position": row.position,
        "session": row.session.reference, "activity": row.session.activity.title, "starts_on": row.session.starts_on,
        "rate": row.seat_type.name if row.seat_type else "", "first_name": row.first_name,
        "last_name": row.last_name, "email": row.email, "state": row.state,
        "level": row.level.name if row.level else "", "price_cents": row.price_cents, "vat_bp": row.vat_bp,
    }  # fmt: skip
