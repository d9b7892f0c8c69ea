"""Candidates: people who hold no seat until they are paid for, or validated (ADR 0035). In what order they get one."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from comptoir.bookings.models import Booking, Registration, SeatCount
from comptoir.bookings.states import SEATED, RegistrationState
from comptoir.catalogue.models import Session
from comptoir.catalogue.sale import has_not_begun
from comptoir.catalogue.states import SessionState

HELD = (SessionState.OPEN, SessionState.CLOSED)
# Those who hold a seat, then the candidates paid for, as they were paid; then the others, as they came.
IN_SEAT_ORDER = (F("booking__secured_at").asc(nulls_last=True), "booking_id", "position")


def all_to_come(rows: Collection[Registration], *, at: datetime) -> bool:
    """Whether the sessions of all these people take place and have not begun: a seat there still means something."""
    wanted = {row.session_id for row in rows}
    return Session.objects.filter(has_not_begun(at), pk__in=wanted, state__in=HELD).count() == len(wanted)


def with_paid_ones(*, at: datetime) -> QuerySet[Session]:
    """The sessions to come in which somebody was paid for and has no seat, soonest first."""
    some = SeatCount.objects.filter(session=OuterRef("pk"), candidate__gt=0)
    found = Session.objects.filter(Exists(some), has_not_begun(at), state__in=HELD)
    return found.filter(Exists(_paid().filter(session=OuterRef("pk")))).order_by("begins_at", "pk")


def paid_line(session_id: int) -> list[tuple[int, str]]:
    """The bookings paid for that hope for a seat of this session, paid first come first: (id, reference)."""
    rows = _paid().filter(session=session_id).order_by(*IN_SEAT_ORDER)
    return list(dict.fromkeys(rows.values_list("booking_id", "booking__reference")))


def ahead(booking: Booking, session_id: int) -> list[int | None]:
    """The rates (None: none) of those paid for before this booking, who hope for a seat of this session."""
    rows = _before(booking).filter(session=session_id)
    return list(rows.order_by(*IN_SEAT_ORDER).values_list("seat_type_id", flat=True))


def rank_of(booking: Booking, rows: Collection[Registration]) -> int:
    """Its rank among the bookings paid for without a seat, 1 for the next; 0 when it is not one of them."""
    mine = [row.session_id for row in rows if row.state == RegistrationState.CANDIDATE]
    if not mine or booking.secured_at is None:
        return 0
    return _before(booking).filter(session=mine[0]).order_by().values("booking").distinct().count() + 1


def in_seat_order(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    """Those who hold a seat first, then the candidates, both in the order that counts; then all others."""
    has_seat, hopes = Q(state__in=SEATED), Q(state=RegistrationState.CANDIDATE)
    return rows.alias(seated=has_seat, hoping=hopes).order_by("-seated", "-hoping", *IN_SEAT_ORDER)


def without_a_seat_in_time(*, at: datetime) -> QuerySet[Booking]:
    """The bookings whose candidates' session has begun, or is cancelled: nobody can give them a seat any more."""
    over = ~has_not_begun(at) | Q(state=SessionState.CANCELLED)
    some = SeatCount.objects.filter(session=OuterRef("pk"), candidate__gt=0)
    sessions = Session.objects.filter(Exists(some), over)
    rows = Registration.objects.filter(state=RegistrationState.CANDIDATE, session__in=sessions.values("pk"))
    return Booking.objects.filter(pk__in=rows.values("booking")).order_by("pk")


def _paid() -> QuerySet[Registration]:
    return Registration.objects.filter(
        state=RegistrationState.CANDIDATE, booking__secured_at__isnull=False, booking__erased_at=None
    )


def _before(booking: Booking) -> QuerySet[Registration]:
    rows = _paid().exclude(booking=booking.pk)
    if booking.secured_at is None:
        return rows
    same = Q(booking__secured_at=booking.secured_at, booking_id__lt=booking.pk)
    return rows.filter(Q(booking__secured_at__lt=booking.secured_at) | same)
