"""Keep the table of changes short: only that something changed matters, not what."""

from datetime import datetime

from django.db.models import Max

from comptoir.base.outcome import Outcome
from comptoir.freshness.models import Change

KEPT = 200


def prune(*, at: datetime, limit: int = KEPT) -> Outcome[int]:  # noqa: ARG001  # a round's
    """Only the last changes are kept (a round)."""
    last = Change.objects.aggregate(last=Max("pk"))["last"] or 0
    gone, _by_model = Change.objects.filter(pk__lte=last - limit).delete()
    return Outcome(done=[gone] if gone >= limit else [])
