"""The personal details of a member, by the member or by an administrator: all of them or none of them (E4)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from comptoir.base.errors import refuse_all
from comptoir.members import fields
from comptoir.members.commands.rows import acting, in_hand, own_in_hand, record
from comptoir.members.models import Member
from comptoir.members.states import MemberState
from comptoir.organisations.actors import Actor


@transaction.atomic
def complete_own_details(*, values: Mapping[str, str], by: Actor, at: datetime) -> bool:
    """The member's details are these, and complete; answers whether anything changed. A refused account is then to be
    looked at again. Nothing is saved when one field is at fault. Refuses: Missing, Invalid (every field at fault).
    """
    member = own_in_hand(by=by)
    changed = _change(member, values, needed=fields.DETAILS, by=acting(member), at=at)
    if member.state == MemberState.REFUSED:
        member.state, member.refusal_reason = MemberState.PENDING, ""
        member.save(update_fields=["state", "refusal_reason"])
        record("member.asks-again", member, by=acting(member), at=at)
    return changed


@transaction.atomic
def change_details(*, member_id: int, values: Mapping[str, str], by: Actor, at: datetime) -> bool:
    """The same by an administrator, who may leave what is not known yet; answers whether anything changed.

    Refuses: Forbidden, Missing, Invalid (every field at fault).
    """
    member = in_hand(member_id, by=by)
    return _change(member, values, needed=fields.NAMES, by=by, at=at)


def _change(member: Member, values: Mapping[str, str], *, needed: tuple[str, ...], by: Actor, at: datetime) -> bool:
    kept = fields.cleaned({name: values.get(name, "") for name in fields.DETAILS})
    refuse_all(fields.problems(kept, needed=needed, on=localdate(at)))
    changed = fields.put(member, kept)
    if changed:
        member.save(update_fields=[*changed, "search_key"])
        record("member.details-changed", member, by=by, at=at, detail={"fields": sorted(changed)})
    return bool(changed)
