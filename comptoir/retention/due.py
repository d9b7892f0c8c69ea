"""Which records have been kept long enough, by kind: the preview counts these very rows, the night erases them."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from comptoir.bookings.models import Booking, Registration
from comptoir.bookings.states import PaymentState
from comptoir.clients.models import ClientImport
from comptoir.deals.models import Deal, DealLine, Note
from comptoir.journal.models import Entry
from comptoir.letters.models import Letter
from comptoir.mail.models import Message
from comptoir.mail.states import OPEN
from comptoir.organisations.models import Organisation
from comptoir.preregistrations.models import Request
from comptoir.preregistrations.states import RequestState
from comptoir.proposals.models import DateProposal
from comptoir.retention import due_people
from comptoir.retention.calendar import Cutoff
from comptoir.retention.states import Kind

AWAITED = (PaymentState.DUE, PaymentState.REFUND_DUE)
HANDLED = (RequestState.INTEGRATED, RequestState.BINNED)


def bookings(organisation: Organisation, cutoff: Cutoff) -> QuerySet[Booking]:
    """All of whose sessions are past since then, and whose money is settled: it takes a name to claim the rest."""
    held = Registration.objects.filter(booking=OuterRef("pk"), session__ends_on__gte=cutoff.day)
    rows = Booking.objects.filter(organisation=organisation, created_at__lt=cutoff.moment, erased_at=None)
    return rows.exclude(payment__in=AWAITED).filter(~Exists(held))


def requests(organisation: Organisation, cutoff: Cutoff) -> QuerySet[Request]:
    """Handled before then, and not erased with a booking already. One that still waits is somebody's to handle."""
    rows = Request.objects.filter(organisation=organisation, state__in=HANDLED)
    named = Q(email__gt="") | Q(last_name__gt="") | Q(first_name__gt="") | Q(phone__gt="") | Q(message__gt="")
    since = Coalesce("integrated_at", "binned_at", "confirmed_at", "recorded_at")
    return rows.filter(named).annotate(since=since).filter(since__lt=cutoff.moment)


def deals(organisation: Organisation, cutoff: Cutoff) -> QuerySet[Deal]:
    """Closed, else last noted, else opened before then."""
    notes = Note.objects.filter(deal=OuterRef("pk"))
    people = DealLine.objects.filter(Q(first_name__gt="") | Q(last_name__gt="") | Q(email__gt=""), deal=OuterRef("pk"))
    own = Q(contact_name__gt="") | Q(contact_email__gt="") | Q(contact_phone__gt="") | Q(next_step__gt="")
    last = Subquery(notes.order_by("-written_at").values("written_at")[:1])
    rows = Deal.objects.filter(organisation=organisation).filter(own | Exists(people) | Exists(notes))
    return rows.annotate(since=Coalesce("closed_at", last, "created_at")).filter(since__lt=cutoff.moment)


def mails(organisation: Organisation, cutoff: Cutoff) -> QuerySet[Message]:
    """Written before then and at rest; those emptied already have no text."""
    rows = Message.objects.filter(organisation=organisation, created_at__lt=cutoff.moment)
    return rows.exclude(state__in=OPEN).exclude(text="", to=[])


def letters(organisation: Organisation, cutoff: Cutoff) -> QuerySet[Letter]:
    """Sent before then."""
    return Letter.objects.filter(organisation=organisation, sent_at__lt=cutoff.moment, erased_at=None)


def proposals(organisation: Organisation, cutoff: Cutoff) -> QuerySet[DateProposal]:
    """Sent before then, whose deadline is past."""
    rows = DateProposal.objects.filter(organisation=organisation, sent_at__lt=cutoff.moment, erased_at=None)
    return rows.filter(deadline_at__lt=cutoff.moment)


def imports(organisation: Organisation, cutoff: Cutoff) -> QuerySet[ClientImport]:
    """Whose faults still quote lines."""
    rows = ClientImport.objects.filter(organisation=organisation, created_at__lt=cutoff.moment)
    return rows.exclude(problems=[])


def journal(organisation: Organisation, cutoff: Cutoff) -> QuerySet[Entry]:
    """Acts done before then."""
    return Entry.objects.filter(organisation=organisation, at__lt=cutoff.moment)


ROWS: dict[Kind, Callable[[Organisation, Cutoff], QuerySet[Any]]] = {
    Kind.BOOKINGS: bookings,
    Kind.REQUESTS: requests,
    Kind.DEALS: deals,
    Kind.CONTACTS: due_people.contacts,
    Kind.PRIVATE: due_people.private,
    Kind.MEMBERS: due_people.members,
    Kind.MAILS: mails,
    Kind.LETTERS: letters,
    Kind.PROPOSALS: proposals,
    Kind.IMPORTS: imports,
    Kind.JOURNAL: journal,
}
