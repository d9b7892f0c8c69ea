"""One person goes from the bookings that name him; the others in them, the seats and the money stay."""

from collections.abc import Collection, Iterable
from datetime import datetime

from comptoir.base.text import email_key
from comptoir.bookings.keys import search_key
from comptoir.bookings.models import Booking, Payer, Registration, SavedSearch
from comptoir.journal.erasing import forget_names


def forget_person(address: str, bookings: Iterable[Booking], seats: Collection[int], *, at: datetime) -> list[int]:
    """These seats, and the contacts at this address, name nobody; answers the bookings in which nobody is named now.

    In the caller's transaction.
    """
    Registration.objects.filter(pk__in=seats).update(first_name="", last_name="", email="")
    empty = []
    for booking in bookings:
        if email_key(booking.contact_email) == address:
            booking.contact_name = booking.contact_email = booking.contact_phone = booking.label = ""
            Payer.objects.filter(booking=booking).delete()
            forget_names(booking.reference, organisation_id=booking.organisation_id)
        rows = list(Registration.objects.filter(booking=booking))
        if not booking.contact_email and not any(row.first_name or row.last_name or row.email for row in rows):
            booking.contact_name = booking.contact_phone = ""
            booking.erased_at = booking.erased_at or at
            empty.append(booking.pk)
        booking.save(update_fields=["contact_name", "contact_email", "contact_phone", "label", "erased_at"])
        for row in rows:
            row.search_key = search_key(booking, row)
        Registration.objects.bulk_update(rows, ["search_key"])
    return empty


def forget_searches(words: Collection[str], *, organisation_id: int) -> None:
    """No search that somebody kept is for that person. In the caller's transaction."""
    for word in words:
        SavedSearch.objects.filter(staff__organisation_id=organisation_id, query__icontains=word).delete()
