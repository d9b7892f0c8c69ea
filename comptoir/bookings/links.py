"""The secret link of a booking's page: derived, so that no table holds it; 256 bits, bound to what it opens."""

from base64 import urlsafe_b64encode
from hmac import compare_digest

from django.utils.crypto import salted_hmac

from comptoir.bookings.models import Booking
from comptoir.organisations import addresses

BYTES = 32


def link_of(booking: Booking) -> str:
    """43 characters that only this deployment's secret key can make: for this organisation and this reference."""
    told = f"{booking.organisation_id}:{booking.reference}"
    digest = salted_hmac("comptoir.bookings.page", told, algorithm="sha256").digest()
    return urlsafe_b64encode(digest[:BYTES]).decode().rstrip("=")


def opened_by(reference: str, link: str, *, organisation_id: int) -> Booking | None:
    """The booking that this link opens; None for any other link, in the same time."""
    found = Booking.objects.filter(organisation_id=organisation_id, reference=reference).select_related("client")
    booking = found.first()
    expected = link_of(booking or Booking(organisation_id=organisation_id, reference=reference))
    return booking if compare_digest(expected.encode(), link.encode()) else None


def door_of(booking: Booking) -> str:
    """The absolute address that its code holds: the reference alone, for whoever sees a code may keep it (ADR 0019).

    Staff who open it, signed in, are at the check-in of the booking.
    """
    return addresses.page(booking.organisation, f"entree/{booking.reference}/")


def address_of(booking: Booking) -> str:
    """The absolute address of its page."""
    return addresses.page(booking.organisation, f"reservation/{booking.reference}/{link_of(booking)}/")
