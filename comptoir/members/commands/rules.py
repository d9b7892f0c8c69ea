"""How the organisation takes its members."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid
from comptoir.journal import commands as journal
from comptoir.members.commands.dues import DEAREST
from comptoir.members.commands.rows import require_administrator
from comptoir.members.models import MemberRules
from comptoir.organisations.actors import Actor


@transaction.atomic
def set_rules(*, is_open: bool, dues_cents: int | None, by: Actor, at: datetime) -> None:
    """The public may sign up or not, and this amount is proposed for the dues. Refuses: Forbidden, Invalid."""
    require_administrator(by)
    if dues_cents is not None and not 0 <= dues_cents <= DEAREST:
        raise Invalid(_("Indiquez un montant entre 0 et 10\u202f000\u00a0€."), field="dues_cents")
    MemberRules.objects.update_or_create(
        organisation_id=by.organisation_id, defaults={"is_open": is_open, "dues_cents": dues_cents}
    )
    journal.record(what="member.rules-set", by=by, at=at)
