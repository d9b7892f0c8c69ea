"""« Validation des comptes »: an administrator lets complete accounts in, or refuses one and says why (E8)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid, Refusal
from comptoir.base.outcome import Outcome
from comptoir.base.text import clean_line
from comptoir.members.access import with_standing
from comptoir.members.commands import writing
from comptoir.members.commands.rows import in_hand, name_of, record, require_administrator
from comptoir.members.models import Member
from comptoir.members.states import MemberState, can_move
from comptoir.organisations.actors import Actor

LONGEST_REASON = 500


class NotComplete(Refusal):
    """The address is not proved, or details are missing."""

    code = "not-complete"


class AlreadyDecided(Refusal):
    """The account is in that state already."""

    code = "already-decided"


def validate_members(*, member_ids: Iterable[int], by: Actor, at: datetime) -> Outcome[int]:
    """Each account that can be is validated and its member told; the others are skipped, each with its reason.

    Refuses: Forbidden.
    """
    require_administrator(by)
    outcome: Outcome[int] = Outcome()
    for member_id in dict.fromkeys(member_ids):
        try:
            outcome.done.append(validate_member(member_id=member_id, by=by, at=at))
        except Refusal as refusal:
            outcome.skip(name_of(member_id, by=by), refusal)
    return outcome


@transaction.atomic
def validate_member(*, member_id: int, by: Actor, at: datetime) -> int:
    """The account is validated, its member is told, and its id is returned.

    Refuses: Forbidden, Missing, NotComplete, AlreadyDecided.
    """
    member = in_hand(member_id, by=by)
    if not can_move(member.state, MemberState.VALIDATED):
        raise AlreadyDecided(_("Ce compte est déjà validé."))
    facts = with_standing(Member.objects.filter(pk=member.pk), on=localdate(at)).get()
    if not facts.email_checked:
        raise NotComplete(_("Son adresse de courriel n’est pas confirmée."))
    if not facts.details_complete:
        raise NotComplete(_("Ses informations personnelles sont incomplètes."))
    _decide(member, MemberState.VALIDATED, "", by=by, at=at)
    record("member.validated", member, by=by, at=at)
    return member.pk


@transaction.atomic
def refuse_member(*, member_id: int, reason: str, by: Actor, at: datetime) -> None:
    """The account is refused, and its member is told why; a validated one loses its access from the next request on.

    Refuses: Forbidden, Missing, Invalid (no reason, or one too long), AlreadyDecided.
    """
    member = in_hand(member_id, by=by)
    text = clean_line(reason)
    if not text:
        raise Invalid(_("Indiquez pourquoi\u00a0: l’adhérent reçoit ce motif par courriel."), field="reason")
    if len(text) > LONGEST_REASON:
        sentence = _("Ce motif est trop long\u00a0: %(n)s caractères au plus.") % {"n": LONGEST_REASON}
        raise Invalid(sentence, field="reason")
    if not can_move(member.state, MemberState.REFUSED):
        raise AlreadyDecided(_("Ce compte est déjà refusé."))
    _decide(member, MemberState.REFUSED, text, by=by, at=at)
    record("member.refused", member, by=by, at=at)


def _decide(member: Member, state: MemberState, reason: str, *, by: Actor, at: datetime) -> None:
    member.state, member.refusal_reason, member.decided_at, member.decided_by_id = state, reason, at, by.user_id
    member.save(update_fields=["state", "refusal_reason", "decided_at", "decided_by"])
    if member.user.email:
        writing.decision(member, at=at)
