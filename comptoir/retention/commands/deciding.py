"""An administrator decides how long things are kept, and whether the rules are applied."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Forbidden, Invalid, Refusal, refuse_all
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor
from comptoir.retention.models import Duration, Policy
from comptoir.retention.queries import require_administrator
from comptoir.retention.states import BY_KIND, Kind


@transaction.atomic
def change_rules(*, months: Mapping[Kind, int], is_applied: bool, by: Actor, at: datetime) -> None:
    """These kinds are kept so many months, the others as before, and the rules are applied every night, or are not.

    Refuses: Forbidden, Invalid or Several (out of bounds), each at its kind.
    """
    require_administrator(by)
    check(months)
    changed = sorted(str(kind) for kind, value in months.items() if _set(kind, value, by.organisation_id))
    policy, _made = Policy.objects.select_for_update().get_or_create(organisation_id=by.organisation_id)
    if changed:
        journal.record(what="retention.changed", by=by, at=at, detail={"fields": changed})
    if policy.is_applied != is_applied:
        policy.is_applied, policy.decided_at, policy.decided_by_name = is_applied, at, by.name
        policy.save(update_fields=["is_applied", "decided_at", "decided_by_name"])
        journal.record(what="retention.started" if is_applied else "retention.stopped", by=by, at=at)


@transaction.atomic
def ask_run(*, by: Actor, at: datetime) -> None:
    """The rounds apply the rules at once, in that person's name. Asked again meanwhile, it is one run.

    Refuses: Forbidden.
    """
    require_administrator(by)
    if by.user_id is None:
        raise Forbidden(_("Une personne identifiée demande cet effacement."))
    policy, _made = Policy.objects.select_for_update().get_or_create(organisation_id=by.organisation_id)
    if policy.asked_at is None:
        policy.asked_at, policy.asked_by_id = at, by.user_id
        policy.save(update_fields=["asked_at", "asked_by"])
        journal.record(what="retention.asked", by=by, at=at)


def check(months: Mapping[Kind, int]) -> None:
    """These durations may be decided. Refuses: Invalid or Several, each at its kind."""
    refuse_all(problems(months))


def problems(months: Mapping[Kind, int]) -> list[Refusal]:
    """Every duration out of its bounds, at its kind."""
    said = _("De %(least)d à %(most)d mois.")
    return [
        Invalid(said % {"least": rule.least, "most": rule.most}, field=str(kind))
        for kind, value in months.items()
        if (rule := BY_KIND[kind]) and not rule.least <= value <= rule.most
    ]


def _set(kind: Kind, months: int, organisation_id: int) -> bool:
    """Whether this changed anything."""
    row = Duration.objects.filter(organisation_id=organisation_id, kind=kind).first()
    if months == (row.months if row else BY_KIND[kind].months):
        return False
    Duration.objects.update_or_create(organisation_id=organisation_id, kind=kind, defaults={"months": months})
    return True
