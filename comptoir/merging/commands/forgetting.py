"""The notes of merges that can no longer be undone go: they hold personal data."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from comptoir.base.outcome import Outcome
from comptoir.base.text import speaks_of
from comptoir.merging.models import UNDONE_WITHIN, Changed, Merge, Moved


@transaction.atomic
def forget_old(*, at: datetime, limit: int) -> Outcome[int]:
    """No merge older than 30 days has notes: who merged what and when stays. Safe to run twice."""
    old = Merge.objects.filter(forgotten_at__isnull=True, at__lt=at - UNDONE_WITHIN).order_by("at")
    return Outcome(done=forget(old[:limit], at=at))


def forget(merges: QuerySet[Merge], *, at: datetime) -> list[int]:
    """The notes of these are gone; their ids are returned. In the caller's transaction."""
    ids = list(merges.values_list("pk", flat=True))
    Changed.objects.filter(merge__in=ids).delete()
    Moved.objects.filter(source__merge__in=ids).delete()
    Merge.objects.filter(pk__in=ids).update(forgotten_at=at)
    return ids


def forget_person(marks: Collection[str], *, organisation_id: int, at: datetime) -> None:
    """The merges whose notes speak of a person can no longer be undone: the notes go. In the caller's transaction."""
    rows = Changed.objects.filter(merge__organisation_id=organisation_id)
    said = rows.values_list("merge", "before", "after").iterator()
    found = {merge for merge, *values in said if any(speaks_of(str(value or ""), marks) for value in values)}
    forget(Merge.objects.filter(pk__in=found), at=at)
