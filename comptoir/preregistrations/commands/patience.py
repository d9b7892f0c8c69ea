"""How often one source asks: counted by one statement, so that counting costs less than what it protects (T65, T78)."""

from datetime import datetime, timedelta

from django.db import connection

from comptoir.base.outcome import Outcome
from comptoir.preregistrations.models import Asked

HOUR = timedelta(hours=1)
_ONE_MORE = (
    "INSERT INTO preregistrations_asked (key, times, until) SELECT %s, 1, {until} {from_}"
    " ON CONFLICT (key) DO UPDATE SET times = preregistrations_asked.times + 1 RETURNING times"
)
_PLAIN = _ONE_MORE.format(until="%s", from_="WHERE true")  # SQLite would take ON for the join's
_TYPED = _ONE_MORE.format(until="CAST(%s AS timestamptz)", from_="")
# A count lost with the power is no loss: PostgreSQL does not wait for its disk to have it, this once.
_NO_WAIT = "WITH quick AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true)) "
_QUICK = _NO_WAIT + _ONE_MORE.format(until="CAST(%s AS timestamptz)", from_="FROM quick")


def one_more(key: str, *, at: datetime) -> int:
    """One more under this key within this hour of the clock: how many they are now, whoever counts at once."""
    hour = int(at.timestamp() // HOUR.total_seconds())
    until = connection.ops.adapt_datetimefield_value(at + HOUR)
    is_own = connection.vendor == "postgresql" and not connection.in_atomic_block  # else all of the transaction's
    statement = _QUICK if is_own else _TYPED if connection.vendor == "postgresql" else _PLAIN
    with connection.cursor() as cursor:
        cursor.execute(statement, [f"{hour}:{key}", until])
        return int(cursor.fetchone()[0])


def forget_counts(*, at: datetime, limit: int = 5000) -> Outcome[str]:
    """The counts of hours gone by are no longer there (a round)."""
    old = list(Asked.objects.filter(until__lte=at).order_by("until").values_list("pk", flat=True)[:limit])
    Asked.objects.filter(pk__in=old).delete()
    return Outcome(done=old)
