"""Numbers in a row, given once: client 1, 2, 3 … of an organisation."""

from django.db import transaction
from django.db.models import F

from comptoir.organisations.models import Counter


@transaction.atomic
def next_numbers(organisation_id: int, series: str, count: int = 1) -> range:
    """The next `count` numbers of the series, taken for good (a rolled back caller gives them back)."""
    Counter.objects.get_or_create(organisation_id=organisation_id, series=series)
    row = Counter.objects.filter(organisation_id=organisation_id, series=series)
    row.update(last=F("last") + count)  # the row stays locked until the caller commits
    last = row.values_list("last", flat=True).get()
    return range(last - count + 1, last + 1)
