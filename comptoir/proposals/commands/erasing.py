"""Erase what proposals keep of a client's people (C9): the dates, the answers and their moments stay."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef

from comptoir.bookings.models import Booking
from comptoir.mail import attachments
from comptoir.mail import erasing as mails
from comptoir.proposals.models import Answer, DateProposal, Sending, SessionClient


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
    empty(list(rows.values_list("pk", flat=True)), organisation_id=booking.organisation_id, at=at)


def empty(proposal_ids: Collection[int], *, organisation_id: int, at: datetime) -> None:
    """These proposals name nobody any more; the words sent go with the last of those they were sent to.

    In the caller's transaction.
    """
    rows = DateProposal.objects.filter(pk__in=proposal_ids)
    references, sendings = list(rows.values_list("reference", flat=True)), set(rows.values_list("sending", flat=True))
    Answer.objects.filter(proposal__in=proposal_ids).update(comment="", other_dates="")
    mails.erase(references, organisation_id=organisation_id)
    rows.update(contact_name="", to=[], erased_at=at)
    named = DateProposal.objects.filter(sending=OuterRef("pk"), erased_at__isnull=True)
    for sending in Sending.objects.filter(~Exists(named), pk__in=sendings):
        attachments.forget(sending.reference, organisation_id=organisation_id)
        Sending.objects.filter(pk=sending.pk).update(to={}, cc="", bcc="", subject="", body="")
