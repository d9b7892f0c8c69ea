"""Erase a member from everywhere the product keeps that person: it sees all floors, so it is here."""

from datetime import datetime

from django.db import transaction

from comptoir.accounts import commands as accounts
from comptoir.accounts.models import User
from comptoir.clients import queries as clients
from comptoir.mail import erasing as mails
from comptoir.members import queries as members
from comptoir.members.commands import erasing
from comptoir.members.commands.rows import in_hand
from comptoir.organisations.actors import Actor
from comptoir.organisations.models import Staff


@transaction.atomic
def erase_member(*, member_id: int, by: Actor, at: datetime) -> None:
    """The person's details and the mails sent as a member are gone, for good. The account goes too, with its address,
    its password and its sessions, unless it serves elsewhere: on a desk, at a client, in another organisation.
    The number, the dues and the journal stay.

    Refuses: Forbidden, Missing (erased already).
    """
    member = in_hand(member_id, by=by)
    user = member.user
    erasing.erase(member, by=by, at=at)
    mails.erase([member.number, *erase_idle_account(user)], organisation_id=by.organisation_id)


def erase_idle_account(user: User) -> list[str]:
    """The account is gone unless it serves somewhere; answers what its mails are about. In the caller's transaction."""
    serves = user.is_operator or Staff.objects.filter(user=user).exists()
    if serves or clients.organisations_of(user.pk) or members.organisations_of(user.pk).exists():
        return []
    accounts.erase_account(user_id=user.pk)
    return [f"account {user.pk}"]
