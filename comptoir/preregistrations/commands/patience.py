"""How often one source asks: counted by one statement, so that counting costs less than what it protects (T65, T78)."""

from datetime import datetime, timedelta

from django.db import connection

from comptoir.base.outcome import Outcome
from comptoir.preregistrations.models import Asked

HOUR = timedelta(hours=1)
_ONE_MORE = (
    "INSERT INTO preregistrations_asked (key, times, until) VALUES (%s, 1, %s)"
    " ON CONFLICT (key) DO UPDATE SET times = preregistrations_asked.times + 1 RETURNING times"
)


def one_more(key: str, *, at: datetime) -> int:
    """One more under this key within this hour of the clock: how many they are now, whoever counts at once."""
    hour = int(at.timestamp() // HOUR.total_seconds())
    until = connection.ops.adapt_datetimefield_value(at + HOUR)
    with connection.cursor() as cursor:
        cursor.execute(_ONE_MORE, [f"{hour}:{key}", until])
        return int(cursor.fetchone()[0])


def forget_counts(*, at: datetime, limit: int = 5000) -> Outcome[str]:
    """The counts of hours gone by are no longer there (a round)."""
    old = list(Asked.objects.filter(until__lte=at).order_by("until").values_list("pk", flat=True)[:limit])
    Asked.objects.filter(pk__in=old).delete()
    return Outcome(done=old)
