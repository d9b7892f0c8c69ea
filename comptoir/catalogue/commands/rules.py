"""Set what the registrants of an activity may do alone (« Place et extra »)."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid
from comptoir.catalogue.commands.rows import locked_activity
from comptoir.catalogue.models import SaleRules
from comptoir.catalogue.rules import Rules, rules_of
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor

MOST_DAYS = 365


@transaction.atomic
def set_rules(*, activity_id: int, rules: Rules, by: Actor, at: datetime) -> None:
    """The activity has these rules, at once for every booking of its sessions. Refuses: Forbidden, Missing, Invalid."""
    activity = locked_activity(activity_id, by=by)
    if not 0 <= rules.until_days <= MOST_DAYS:
        raise Invalid(_("Le délai va de 0 à 365 jours."), field="until_days")
    if rules_of([activity.pk])[activity.pk] == rules:
        return
    SaleRules.objects.update_or_create(activity=activity, defaults=asdict(rules))
    journal.record(what="activity.rules-set", about=activity.slug[:60], by=by, at=at, detail={"id": activity.pk})
