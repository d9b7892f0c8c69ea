"""Comments of the ledger that speak of a person go; the entries stay (C22)."""

from collections.abc import Collection

from comptoir.base.text import speaks_of
from comptoir.payments.models import Comment


def forget_comments(marks: Collection[str], booking_ids: Collection[int]) -> None:
    """No comment about these bookings holds one of the marks. In the caller's transaction."""
    rows = Comment.objects.filter(entry__booking__in=booking_ids)
    rows.filter(pk__in=[one.pk for one in rows if speaks_of(one.text, marks)]).delete()
