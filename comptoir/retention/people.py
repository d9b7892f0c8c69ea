"""Everything an organisation holds about one person, found by the address of the person's mailbox."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet

from comptoir.accounts.models import User
from comptoir.attendance.models import Presence
from comptoir.base.given import given
from comptoir.base.text import email_key, folded
from comptoir.bookings.models import Booking, Registration
from comptoir.bookings.states import PaymentState
from comptoir.clients.models import Client, Contact
from comptoir.clients.states import ClientKind
from comptoir.deals.models import Deal
from comptoir.enquiries.models import Enquiry
from comptoir.mail import erasing as mail
from comptoir.mail.models import Message
from comptoir.members.models import Member
from comptoir.preregistrations.models import Request
from comptoir.preregistrations.states import RequestState
from comptoir.proposals.models import DateProposal

AWAITED = (PaymentState.DUE, PaymentState.REFUND_DUE)
WAITING = (RequestState.RECORDED, RequestState.PENDING)


@dataclass(frozen=True)
class Person:
    """The rows of one organisation that name the holder of an address."""

    address: str
    organisation_id: int

    @property
    def _of(self) -> dict[str, int]:
        return {"organisation_id": self.organisation_id}

    @cached_property
    def bookings(self) -> QuerySet[Booking]:
        """Made by the person, or with the person among its participants."""
        own = Q(contact_email__iexact=self.address) | Q(registrations__email__iexact=self.address)
        ids = Booking.objects.filter(own, **self._of).order_by().values("pk")
        return Booking.objects.filter(pk__in=ids).select_related("client").order_by("pk")

    @cached_property
    def registrations(self) -> list[Registration]:
        """The person's own seats: by the address, or by the name in a booking the person made."""
        rows = Registration.objects.filter(booking__in=self.bookings).select_related("booking", "session__activity")
        return [row for row in rows.order_by("booking_id", "position") if self.is_on(row)]

    def is_on(self, row: Registration) -> bool:
        """Whether this seat is the person's."""
        if row.email:
            return email_key(row.email) == self.address
        made_by = email_key(row.booking.contact_email) == self.address
        return made_by and folded(str(row)) == folded(row.booking.contact_name)

    @cached_property
    def presences(self) -> QuerySet[Presence]:
        """When the person was there."""
        ids = [row.pk for row in self.registrations]
        return Presence.objects.filter(registration__in=ids).select_related("registration__booking").order_by("pk")

    @cached_property
    def requests(self) -> QuerySet[Request]:
        """Sent by the person, or naming the person."""
        own = Q(email__iexact=self.address) | Q(lines__email__iexact=self.address)
        ids = Request.objects.filter(own, **self._of).order_by().values("pk")
        return Request.objects.filter(pk__in=ids).order_by("pk")

    @cached_property
    def deals(self) -> QuerySet[Deal]:
        """Whose contact, or one of whose participants, is the person."""
        own = Q(contact_email__iexact=self.address) | Q(lines__email__iexact=self.address)
        ids = Deal.objects.filter(own, **self._of).order_by().values("pk")
        return Deal.objects.filter(pk__in=ids).order_by("pk")

    @cached_property
    def enquiries(self) -> QuerySet[Enquiry]:
        """What the person asked for: first-aid cover, an in-house course."""
        return Enquiry.objects.filter(email__iexact=self.address, **self._of).select_related("deal").order_by("pk")

    @cached_property
    def contacts(self) -> QuerySet[Contact]:
        """The person at each client."""
        rows = Contact.objects.filter(given(email_key=self.address), client__organisation_id=self.organisation_id)
        return rows.select_related("client", "user").order_by("pk")

    @cached_property
    def clients(self) -> QuerySet[Client]:
        """The person as a client, or a firm reached at the person's address."""
        return Client.objects.filter(email_key=self.address, **self._of).order_by("pk")

    @cached_property
    def members(self) -> QuerySet[Member]:
        """The person as a member."""
        rows = Member.objects.filter(user__email=self.address, erased_at=None, **self._of)
        return rows.select_related("user").prefetch_related("dues").order_by("pk")

    @cached_property
    def mails(self) -> QuerySet[Message]:
        """What was written to the person."""
        ids = mail.to_addresses(self.address, organisation_id=self.organisation_id)
        return Message.objects.filter(pk__in=ids).order_by("pk")

    @cached_property
    def proposals(self) -> list[DateProposal]:
        """Dates proposed to the person."""
        rows = DateProposal.objects.filter(erased_at=None, to__icontains=self.address, **self._of)
        found = rows.select_related("session__activity", "client").order_by("pk")
        return [one for one in found if self.address in {email_key(text) for text in one.to}]

    @cached_property
    def names(self) -> set[str]:
        """The person's names as they are written here, folded."""
        said = [str(row) for row in self.registrations]
        said += [one.contact_name for one in self.bookings if email_key(one.contact_email) == self.address]
        said += [f"{one.first_name} {one.last_name}" for one in self.requests if email_key(one.email) == self.address]
        said += [f"{one.first_name} {one.last_name}" for one in self.enquiries]
        said += [one.contact_name for one in self.deals if email_key(one.contact_email) == self.address]
        said += [str(one) for one in [*self.contacts, *self.members] if str(one) != self.address]
        said += [one.legal_name for one in self.clients if one.kind == ClientKind.PERSON]
        return {folded(text) for text in said if folded(text)}

    @cached_property
    def blocking_bookings(self) -> QuerySet[Booking]:
        """Money is awaited from the person, or is owed back: it takes a name to claim it (GDPR, 17.3 e)."""
        return self.bookings.filter(contact_email__iexact=self.address, payment__in=AWAITED)

    @cached_property
    def waiting_requests(self) -> QuerySet[Request]:
        """Nobody has handled them: they are integrated or put in the bin first."""
        return self.requests.filter(state__in=WAITING)

    @cached_property
    def staff_account(self) -> User | None:
        """The person works here: the account goes with the place in the team, by the team's own page."""
        places = {"places__organisation_id": self.organisation_id, "places__is_active": True}
        return User.objects.filter(given(email=self.address), **places).first()

    @property
    def is_known(self) -> bool:
        """Whether anything here names the person."""
        held = (
            self.bookings, self.requests, self.deals, self.enquiries, self.contacts, self.clients, self.members,
            self.mails,
        )  # fmt: skip
        return any(one.exists() for one in held) or bool(self.proposals)
