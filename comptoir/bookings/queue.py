"""Who waits for a seat, and in what order: as they came."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from comptoir.bookings.models import Booking, Registration, SeatCount
from comptoir.bookings.states import RegistrationState
from comptoir.catalogue.models import Session
from comptoir.catalogue.sale import has_not_begun
from comptoir.catalogue.states import SessionState


def awaited(*, at: datetime) -> QuerySet[Session]:
    """The sessions with people waiting, that have not begun and take people, soonest first."""
    waited = SeatCount.objects.filter(session=OuterRef("pk"), waiting__gt=0)
    found = Session.objects.filter(Exists(waited), has_not_begun(at), state=SessionState.OPEN)
    return found.order_by("begins_at", "pk")


def in_line(session_id: int) -> list[tuple[int, str]]:
    """The bookings that wait for this session, first come first: (id, reference)."""
    waiting = Booking.objects.filter(registrations__in=_waiting(session_id), erased_at=None)
    return list(waiting.order_by("pk").distinct().values_list("pk", "reference"))


def position(booking: Booking, session_id: int) -> int:
    """Its rank in line, 1 for the next served."""
    before = _waiting(session_id).filter(booking_id__lt=booking.pk)
    return before.order_by().values("booking").distinct().count() + 1


def _waiting(session_id: int) -> QuerySet[Registration]:
    return Registration.objects.filter(session=session_id, state=RegistrationState.WAITING)
