"""One person erased from every place of one organisation that names him; others named there stay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from comptoir.bookings.commands import forgetting as bookings
from comptoir.bookings.models import Booking
from comptoir.clients.commands import forgetting as clients
from comptoir.clients.states import ClientKind
from comptoir.deals.commands import erasing as deals
from comptoir.deals.models import Deal
from comptoir.enquiries.commands import erasing as enquiries
from comptoir.letters.commands import erasing as letters
from comptoir.mail import erasing as mails
from comptoir.merging.commands import forgetting as merges
from comptoir.organisations.actors import Actor
from comptoir.payments.commands import forgetting as payments
from comptoir.preregistrations.commands import erasing as requests
from comptoir.proposals.commands import erasing as proposals
from comptoir.retention.commands import erasing, kinds, members
from comptoir.retention.people import Person


@dataclass(frozen=True)
class Found:
    """The rows, read before anything goes: once erased they are found no more."""

    address: str
    marks: frozenset[str]  # the address, and the names as they are written here
    bookings: Sequence[Booking]
    seats: Sequence[int]
    requests: Sequence[int]
    deals: Sequence[Deal]
    asked_of: Sequence[str]  # deals whose enquiry is the person's
    proposals: Sequence[int]
    members: Sequence[int]
    contacts: Sequence[int]
    persons: Sequence[int]
    mails: Sequence[int]
    references: Sequence[str]  # what mails are about


def read(who: Person) -> Found:
    """All of it."""
    bookings, asked, dealt = list(who.bookings), list(who.requests), list(who.deals)
    return Found(
        address=who.address, marks=frozenset({who.address, *who.names}), bookings=bookings,
        seats=[one.pk for one in who.registrations], requests=[one.pk for one in asked], deals=dealt,
        asked_of=[one.deal.reference for one in who.enquiries],
        proposals=[one.pk for one in who.proposals], members=_ids(who.members), contacts=_ids(who.contacts),
        persons=_ids(who.clients.filter(kind=ClientKind.PERSON)), mails=_ids(who.mails),
        references=[str(one) for one in (*bookings, *asked, *dealt)],
    )  # fmt: skip


def erase(who: Person, *, by: Actor, at: datetime) -> None:
    """Nothing here names the person. In the caller's transaction."""
    found, own = read(who), who.organisation_id
    for booking_id in bookings.forget_person(found.address, found.bookings, found.seats, at=at):
        letters.erase(booking_id, at=at)
        proposals.erase(booking_id, at=at)
    payments.forget_comments(found.marks, [one.pk for one in found.bookings])
    erasing.erase_requests(list(found.requests), organisation_id=own)
    requests.forget_baskets(found.address, organisation_id=own)
    deals.forget_person(found.address, found.marks - {found.address}, found.deals)
    enquiries.erase_enquiries(list(found.asked_of), organisation_id=own)
    proposals.empty(found.proposals, organisation_id=own, at=at)
    for member_id in found.members:
        members.erase_member(member_id=member_id, by=by, at=at)
    kinds.erase_contacts(found.contacts, organisation_id=own)
    clients.forget_persons(found.persons)
    clients.forget_person(found.address, found.marks, organisation_id=own)
    mails.erase_messages(found.mails)
    mails.erase(found.references, organisation_id=own, addresses=False)
    bookings.forget_searches(found.marks, organisation_id=own)
    merges.forget_person(found.marks, organisation_id=own, at=at)


def _ids(rows: QuerySet[Any]) -> list[int]:
    return list(rows.values_list("pk", flat=True))
