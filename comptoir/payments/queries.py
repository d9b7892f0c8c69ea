"""Read the ledger: of one booking, of a period for the accountant."""

from datetime import date

from django.db.models import QuerySet

from comptoir.bookings.queries import bookings
from comptoir.organisations.actors import Actor
from comptoir.payments.models import Entry


def entries_of(booking_id: int, *, seen_by: Actor) -> QuerySet[Entry]:
    """The payments and refunds of a booking the reader may see, oldest first, with their comments."""
    rows = Entry.objects.filter(booking=booking_id, booking__in=bookings(seen_by=seen_by).order_by().values("pk"))
    return rows.select_related("comment").order_by("pk")


def ledger(*, seen_by: Actor, first: date | None = None, last: date | None = None) -> QuerySet[Entry]:
    """The payment journal of a period, both days included, in the order of its days: what the accountant is given."""
    rows = Entry.objects.filter(organisation_id=seen_by.organisation_id)
    if not seen_by.sees_every_session:
        rows = rows.filter(booking__in=bookings(seen_by=seen_by).order_by().values("pk"))
    if first:
        rows = rows.filter(settled_on__gte=first)
    if last:
        rows = rows.filter(settled_on__lte=last)
    return rows.select_related("booking__client", "comment").order_by("settled_on", "pk")


def of_own(booking_id: int) -> QuerySet[Entry]:
    """The payments and refunds of a booking, oldest first, without the desk's comments: for who holds its link."""
    return Entry.objects.filter(booking=booking_id).order_by("pk")


def of_client(client_id: int, *, organisation_id: int) -> QuerySet[Entry]:
    """The payments and refunds of a client's bookings, last first, without the desk's comments: for its own space."""
    rows = Entry.objects.filter(organisation_id=organisation_id, booking__client=client_id)
    return rows.select_related("booking").order_by("-settled_on", "-pk")
