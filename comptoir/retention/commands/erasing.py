"""Erase the personal data of a booking from everywhere the product keeps it (C9): it sees all floors, so it is here."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Refusal
from comptoir.bookings.commands import erasing as bookings
from comptoir.bookings.commands.rows import InHand, in_hand
from comptoir.deals.commands import erasing as deals
from comptoir.deals.models import Deal
from comptoir.enquiries.commands import erasing as enquiries
from comptoir.integration.models import Run, RunLine
from comptoir.integration.states import ReportState
from comptoir.letters.commands import erasing as letters
from comptoir.mail import erasing as mails
from comptoir.organisations.actors import Actor
from comptoir.payments.models import Comment
from comptoir.preregistrations.commands import erasing as requests
from comptoir.preregistrations.models import Request
from comptoir.proposals.commands import erasing as proposals


class AlreadyErased(Refusal):
    """Nothing personal is left in this booking."""

    code = "already-erased"


@transaction.atomic
def erase_booking(*, booking_id: int, by: Actor, at: datetime) -> None:
    """Names, addresses and phones of this booking are gone, for good: from its rows, the request and the deal it was
    born from, the ledger's comments, the mails and what went with them, the reports, and, by the rounds that follow
    at once, from the spool's files. Seats, amounts, dates and the journal stay.

    Refuses: Missing, OutsidePerimeter, AlreadyErased.
    """
    held = in_hand(booking_id, by=by)
    held.require_own(held.rows)
    booking = held.booking
    if booking.erased_at:
        raise AlreadyErased(_("Les données personnelles de cette réservation sont déjà effacées."))
    request_ids, deal_references = _sources(held)
    bookings.erase(held, by=by, at=at)
    Comment.objects.filter(entry__booking=booking).delete()
    requests.erase_requests(request_ids)
    deals.erase_deals(deal_references, organisation_id=booking.organisation_id)
    enquiries.erase_enquiries(deal_references, organisation_id=booking.organisation_id)
    told = Request.objects.filter(pk__in=request_ids).values_list("reference", flat=True)
    mails.erase([booking.reference, *told, *deal_references], organisation_id=booking.organisation_id)
    letters.erase(booking.pk, at=at)
    proposals.erase(booking.pk, at=at)
    forget_runs(request_ids, organisation_id=booking.organisation_id)


def _sources(held: InHand) -> tuple[list[int], list[str]]:
    """The request, and the deals, that say the same of the same people."""
    booking = held.booking
    own = {"organisation_id": booking.organisation_id}
    deals = list(Deal.objects.filter(**own, reference=booking.source))
    references = [booking.source, *(deal.source for deal in deals if deal.source)]
    request_ids = list(Request.objects.filter(**own, reference__in=references).values_list("pk", flat=True))
    lines = RunLine.objects.filter(request__in=request_ids, deal__isnull=False)
    also = Deal.objects.filter(pk__in=lines.values("deal")).values_list("reference", flat=True)
    return request_ids, list({*(deal.reference for deal in deals), *also})


def erase_requests(request_ids: list[int], *, organisation_id: int) -> None:
    """These requests name nobody any more, their mails, files and reports neither. In the caller's transaction."""
    requests.erase_requests(request_ids)
    told = Request.objects.filter(pk__in=request_ids).values_list("reference", flat=True)
    mails.erase(list(told), organisation_id=organisation_id)
    forget_runs(request_ids, organisation_id=organisation_id)


def erase_deals(references: list[str], *, organisation_id: int) -> None:
    """These deals name nobody any more, what was asked and their mails neither. In the caller's transaction."""
    deals.erase_deals(references, organisation_id=organisation_id)
    enquiries.erase_enquiries(references, organisation_id=organisation_id)
    mails.erase(references, organisation_id=organisation_id)


def forget_runs(request_ids: list[int], *, organisation_id: int) -> None:
    """Their runs' mails to staff named these people; their reports are written again, without, and not printed."""
    RunLine.objects.filter(request__in=request_ids).update(reason="", match_reason="")
    runs = Run.objects.filter(pk__in=RunLine.objects.filter(request__in=request_ids).values("run"))
    references = list(runs.values_list("reference", flat=True))
    mails.erase(references, organisation_id=organisation_id, addresses=False)
    runs.exclude(report_state=ReportState.OWED).update(report_state=ReportState.OWED, print_report=False)
