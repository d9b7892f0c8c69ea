"""Set how an activity is booked, and what its registrants may do alone (« Place et extra »)."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid, Refusal, refuse_all
from comptoir.catalogue.commands.rows import locked_activity
from comptoir.catalogue.models import SaleRules
from comptoir.catalogue.rules import Rules, rules_of
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor
from comptoir.organisations.queries import takes_cards

MOST_DAYS = 365
MOST_HOURS = 720
MOST_REMINDER_DAYS = 60


@transaction.atomic
def set_rules(*, activity_id: int, rules: Rules, by: Actor, at: datetime) -> None:
    """The activity has these rules, at once for every booking of its sessions. Refuses: Forbidden, Missing,
    Invalid or Several (until_days, hold_days, deposit_percent, offer_hours, reminder_days, takes_card).
    """
    activity = locked_activity(activity_id, by=by)
    refuse_all(_faults(rules) + _card_faults(rules, by=by))
    if rules_of([activity.pk])[activity.pk] == rules:
        return
    SaleRules.objects.update_or_create(activity=activity, defaults=asdict(rules))
    journal.record(what="activity.rules-set", about=activity.slug[:60], by=by, at=at, detail={"id": activity.pk})


@transaction.atomic
def stop_cards(*, by: Actor) -> int:
    """No activity of the organisation takes cards any more: its account is closed. How many did."""
    mine = SaleRules.objects.filter(activity__organisation_id=by.organisation_id, takes_card=True)
    return mine.update(takes_card=False)


def _card_faults(rules: Rules, *, by: Actor) -> list[Refusal]:
    if not rules.takes_card or takes_cards(by.organisation_id):
        return []
    said = _("Ouvrez d’abord le paiement par carte, dans les réglages de l’organisme.")
    return [Invalid(said, field="takes_card")]


def _faults(rules: Rules) -> list[Refusal]:
    found: list[Refusal] = []
    if not 0 <= rules.until_days <= MOST_DAYS:
        found.append(Invalid(_("Le délai va de 0 à 365 jours."), field="until_days"))
    if not 1 <= rules.hold_days <= MOST_DAYS:
        found.append(Invalid(_("Une place non payée est gardée de 1 à 365 jours."), field="hold_days"))
    if not 0 <= rules.deposit_percent <= 100:
        found.append(Invalid(_("L’acompte va de 0 à 100\u202f% du total."), field="deposit_percent"))
    if not 1 <= rules.offer_hours <= MOST_HOURS:
        found.append(Invalid(_("Une place proposée est gardée de 1 à 720 heures."), field="offer_hours"))
    if not 0 <= rules.reminder_days <= MOST_REMINDER_DAYS:
        found.append(Invalid(_("Le rappel part de 0 à 60 jours avant."), field="reminder_days"))
    return found
