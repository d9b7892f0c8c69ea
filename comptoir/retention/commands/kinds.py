"""How records of each kind are erased, some at a time, in the caller's transaction."""

from collections.abc import Callable, Sequence
from datetime import datetime

from comptoir.accounts.models import User
from comptoir.base.errors import Refusal, attempt
from comptoir.clients.commands import forgetting
from comptoir.deals.models import Deal
from comptoir.journal import erasing as journal
from comptoir.letters.commands import erasing as letters
from comptoir.letters.models import Letter
from comptoir.mail import erasing as mails
from comptoir.organisations.actors import Actor
from comptoir.proposals.commands import erasing as proposals
from comptoir.retention.commands import erasing, members
from comptoir.retention.states import Kind

Ids = Sequence[int]


def erase_contacts(ids: Ids, *, organisation_id: int) -> None:
    """These contacts are gone, and the accounts that serve nowhere else."""
    users = list(User.objects.filter(contacts__in=ids).order_by("pk").distinct())
    forgetting.forget_contacts(ids)
    for user in users:
        mails.erase(members.erase_idle_account(user), organisation_id=organisation_id)


def erase_deals(ids: Ids, *, organisation_id: int) -> None:
    """These deals name nobody any more."""
    references = Deal.objects.filter(pk__in=ids).values_list("reference", flat=True)
    erasing.erase_deals(list(references), organisation_id=organisation_id)


# Those that cannot refuse, many at once.
AT_ONCE: dict[Kind, Callable[[list[int], int, datetime], None]] = {
    Kind.REQUESTS: lambda ids, own, _at: erasing.erase_requests(ids, organisation_id=own),
    Kind.DEALS: lambda ids, own, _at: erase_deals(ids, organisation_id=own),
    Kind.CONTACTS: lambda ids, own, _at: erase_contacts(ids, organisation_id=own),
    Kind.PRIVATE: lambda ids, _own, _at: forgetting.forget_persons(ids),
    Kind.MAILS: lambda ids, _own, _at: mails.erase_messages(ids),
    Kind.LETTERS: lambda ids, _own, at: letters.empty(Letter.objects.filter(pk__in=ids), at=at),
    Kind.PROPOSALS: lambda ids, own, at: proposals.empty(ids, organisation_id=own, at=at),
    Kind.IMPORTS: lambda ids, _own, _at: forgetting.forget_problems(ids),
    Kind.JOURNAL: lambda ids, _own, _at: journal.forget(ids),
}


def erase(kind: Kind, ids: Ids, *, by: Actor, at: datetime) -> int:
    """These records are erased; answers how many were. One that refuses is left for its own page to say why."""
    if kind is Kind.BOOKINGS:
        return _each(ids, lambda pk: attempt(erasing.erase_booking, booking_id=pk, by=by, at=at))
    if kind is Kind.MEMBERS:
        return _each(ids, lambda pk: attempt(members.erase_member, member_id=pk, by=by, at=at))
    AT_ONCE[kind](list(ids), by.organisation_id, at)
    return len(ids)


def _each(ids: Ids, act: Callable[[int], Refusal | None]) -> int:
    return sum(act(pk) is None for pk in ids)
