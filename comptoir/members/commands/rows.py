"""What the commands about members share: the right to, the row in hand, the line of the journal."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from comptoir.base.errors import Forbidden, Missing
from comptoir.journal import commands as journal
from comptoir.members.models import Member
from comptoir.organisations.actors import Actor


def require_administrator(by: Actor) -> None:
    """Refuses Forbidden to anybody but an administrator of the organisation."""
    if not by.is_administrator:
        raise Forbidden(_("Seul un administrateur de l’organisme s’occupe des adhérents."))


def in_hand(member_id: int, *, by: Actor) -> Member:
    """The member of the administrator's organisation, locked. Refuses: Forbidden, Missing."""
    require_administrator(by)
    rows = Member.objects.select_for_update(of=("self",)).select_related("user")
    row = rows.filter(organisation_id=by.organisation_id, pk=member_id, erased_at=None).first()
    if row is None:
        raise Missing(_("Cet adhérent n’existe pas."))
    return row


def own_in_hand(*, by: Actor) -> Member:
    """The member that the signed-in person is here, locked. Refuses: Missing."""
    rows = Member.objects.select_for_update(of=("self",)).select_related("user")
    own = rows.filter(organisation_id=by.organisation_id, user__pk=by.user_id or 0, erased_at=None)
    row = own.first()
    if row is None:
        raise Missing(_("Votre compte n’est pas celui d’un adhérent."))
    return row


def record(what: str, member: Member, *, by: Actor, at: datetime, detail: Mapping[str, object] | None = None) -> None:
    """The act is in the journal, about the member's number."""
    journal.record(what=what, about=member.number, by=by, at=at, detail=dict(detail or {}))


def acting(member: Member) -> Actor:
    """The member, acting on the own account: no name goes to the journal."""
    return Actor(member.organisation_id, "adhérent", member.user_id)


def name_of(member_id: int, *, by: Actor) -> str:
    """What an outcome calls a member that was skipped; « missing » when there is none here."""
    row = Member.objects.filter(pk=member_id, organisation_id=by.organisation_id, erased_at=None).first()
    return str(row) if row else str(Missing.code)
