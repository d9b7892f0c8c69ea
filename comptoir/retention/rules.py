"""The durations in force in an organisation, and whether they are applied."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from comptoir.organisations.models import Organisation
from comptoir.retention.calendar import Cutoff, cutoff
from comptoir.retention.models import Duration, Policy
from comptoir.retention.states import RULES, Kind, Rule


@dataclass(frozen=True)
class InForce:
    """One rule with the number of months decided, and where they end now."""

    rule: Rule
    months: int
    cutoff: Cutoff


def policy_of(organisation_id: int) -> Policy:
    """What was decided; without a row, nothing is applied."""
    return Policy.objects.filter(organisation_id=organisation_id).first() or Policy(organisation_id=organisation_id)


def in_force(organisation: Organisation, *, at: datetime, proposed: Mapping[Kind, int] | None = None) -> list[InForce]:
    """Every rule, in the order people read them; `proposed` are months that are not decided yet."""
    rows = Duration.objects.filter(organisation=organisation).values_list("kind", "months")
    decided: dict[Any, int] = {**dict(rows), **(proposed or {})}
    found = []
    for rule in RULES:
        months = decided.get(rule.kind.value, rule.months)
        found.append(InForce(rule, months, cutoff(at, months, organisation.time_zone)))
    return found
