"""How the organisation takes its members, and when it reminds them of their dues."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid, Refusal, refuse_all
from comptoir.journal import commands as journal
from comptoir.members.commands.dues import DEAREST
from comptoir.members.commands.rows import require_administrator
from comptoir.members.models import MemberRules
from comptoir.members.renewal import MOST_AFTER, MOST_BEFORE
from comptoir.organisations.actors import Actor


@transaction.atomic
def set_rules(
    *, is_open: bool, dues_cents: int | None, by: Actor, at: datetime, remind_before_days: int | None = None,
    remind_after_days: int | None = None,
) -> None:  # fmt: skip
    """The public may sign up or not, this amount is proposed for the dues, and members are reminded so many days before
    the year ends, and after it began without theirs (None: not at all). No reminder leaves the day it is decided.

    Refuses: Forbidden, Invalid (every field at fault).
    """
    require_administrator(by)
    refuse_all(_problems(dues_cents, remind_before_days, remind_after_days))
    kept, _made = MemberRules.objects.select_for_update().get_or_create(organisation_id=by.organisation_id)
    if (kept.remind_before_days, kept.remind_after_days) != (remind_before_days, remind_after_days):
        kept.reminders_set_on = localdate(at)
    kept.is_open, kept.dues_cents = is_open, dues_cents
    kept.remind_before_days, kept.remind_after_days = remind_before_days, remind_after_days
    kept.save()
    journal.record(what="member.rules-set", by=by, at=at)


def _problems(dues_cents: int | None, before: int | None, after: int | None) -> list[Refusal]:
    found: list[Refusal] = []
    if dues_cents is not None and not 0 <= dues_cents <= DEAREST:
        found.append(Invalid(_("Indiquez un montant entre 0 et 10\u202f000\u00a0€."), field="dues_cents"))
    said = _("Indiquez un nombre de jours de 1 à %(most)d, ou rien.")
    bounds = (("remind_before_days", before, MOST_BEFORE), ("remind_after_days", after, MOST_AFTER))
    for field, days, most in bounds:
        if days is not None and not 1 <= days <= most:
            found.append(Invalid(said % {"most": most}, field=field))
    return found
