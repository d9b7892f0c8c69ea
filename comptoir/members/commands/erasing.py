"""What a member's own rows forget; `retention` calls it with everything else that speaks of the person."""

from datetime import datetime

from comptoir.members.commands.rows import record
from comptoir.members.models import Member
from comptoir.members.states import MemberState
from comptoir.organisations.actors import Actor


def erase(member: Member, *, by: Actor, at: datetime) -> None:
    """Names, birth, address and phone are gone for good; the number, the dues and the journal stay (accounts: ten
    years). In the caller's transaction, on a row in hand.
    """
    texts = ("last_name", "first_name", "search_key", "phone", "address", "postcode", "city", "checked_email")
    for name in texts:
        setattr(member, name, "")
    member.born_on, member.checked_at, member.erased_at = None, None, at
    member.state, member.refusal_reason = MemberState.PENDING, ""
    member.save()
    record("member.erased", member, by=by, at=at)
