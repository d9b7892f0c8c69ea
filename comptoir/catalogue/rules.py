"""What a registrant may do alone, activity by activity, and until which day (C11–C13)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from comptoir.catalogue.models import SaleRules


@dataclass(frozen=True)
class Rules:
    """The rules of one activity; without a row, a registrant may do nothing alone."""

    may_cancel: bool = False
    may_rename: bool = False
    until_days: int = 2

    def last_day(self, starts_on: date) -> date:
        """The last day on which a registrant of a session that starts then may act."""
        return starts_on - timedelta(days=self.until_days)


def rules_of(activity_ids: Collection[int]) -> dict[int, Rules]:
    """Activity → its rules; one query."""
    found = SaleRules.objects.filter(activity__in=activity_ids)
    known = {one.activity_id: Rules(one.may_cancel, one.may_rename, one.until_days) for one in found}
    return {pk: known.get(pk, Rules()) for pk in activity_ids}
