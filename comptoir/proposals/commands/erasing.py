"""Erase what proposals keep of a client's people (C9): the dates, the answers and their moments stay."""

from datetime import datetime

from comptoir.bookings.models import Booking
from comptoir.mail import erasing as mails
from comptoir.proposals.models import Answer, DateProposal, SessionClient


def erase(booking_id: int, *, at: datetime) -> None:
    """Proposals made to a client because of this booking alone name nobody any more, and their links open nothing.

    Those of a client chosen for the session, or with another booking that is not erased, are about others: they stay.
    In the caller's transaction, after the booking itself.
    """
    booking = Booking.objects.get(pk=booking_id)
    if booking.client_id is None:
        return
    sessions = set(booking.registrations.order_by().values_list("session_id", flat=True))
    chosen = SessionClient.objects.filter(session__in=sessions, client=booking.client_id, is_chosen=True)
    others = Booking.objects.filter(client=booking.client_id, registrations__session__in=sessions, erased_at=None)
    kept = {*chosen.values_list("session_id", flat=True), *others.values_list("registrations__session_id", flat=True)}
    rows = DateProposal.objects.filter(client=booking.client_id, session__in=sessions - kept, erased_at=None)
    references = list(rows.values_list("reference", flat=True))
    Answer.objects.filter(proposal__in=rows).update(comment="", other_dates="")
    mails.erase(references, organisation_id=booking.organisation_id)
    rows.update(contact_name="", to=[], erased_at=at)
