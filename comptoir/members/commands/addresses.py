"""A member asks again for the link that proves the address."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Refusal
from comptoir.members.commands import writing
from comptoir.members.commands.rows import acting, own_in_hand, record
from comptoir.organisations.actors import Actor


class NothingToCheck(Refusal):
    """The account has no address, or its address is proved already."""

    code = "nothing-to-check"


@transaction.atomic
def ask_check(*, by: Actor, at: datetime) -> str:
    """A link of 24 hours is on its way to the account's own address, which is returned. Within a minute: the same.

    Refuses: Missing, NothingToCheck.
    """
    member = own_in_hand(by=by)
    if not member.user.email or member.user.email == member.checked_email:
        raise NothingToCheck(_("Il n’y a pas d’adresse à confirmer."))
    writing.invitation(member, at=at)
    record("member.link-sent", member, by=acting(member), at=at)
    return member.user.email
