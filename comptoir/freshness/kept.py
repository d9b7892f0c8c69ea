"""What the database answered, kept in this worker until something of the organisation changes (ADR 0036).

What is asked is itself the key, values included: whoever may see less asks something else.
"""

from collections import OrderedDict
from datetime import datetime, timedelta
from functools import cache, lru_cache
from threading import Lock
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from comptoir.freshness.queries import Mark, mark
from comptoir.freshness.watching import is_watched

MOST = 512  # answers
LARGEST = 2000  # rows of one
KEPT_FOR = timedelta(minutes=10)  # a table changed by hand on SQLite loses its triggers until the next start

_kept: "OrderedDict[tuple[object, ...], tuple[Mark, datetime, list[Any]]]" = OrderedDict()
_lock = Lock()


def answers(rows: QuerySet[Any, Any], *, organisation_id: int) -> list[Any]:
    """What `rows`, a queryset of values, finds: by one light statement when nothing changed since it was last asked.

    Within a transaction, which may have written, it is asked anew. Refuses (TypeError) to read a table nobody watches:
    its changes would go unseen.
    """
    if connection.in_atomic_block:
        return list(rows)
    sql, params = rows.query.sql_with_params()
    _look(sql)
    key, now, known = (connection.vendor, sql, params), timezone.now(), mark(organisation_id)
    found = _kept.get(key)
    if found and found[0] == known and timedelta(0) <= now - found[1] < KEPT_FOR:
        return found[2]
    answer = list(rows)
    if len(answer) <= LARGEST:
        _put(key, (known, now, answer))
    return answer


def forget_all() -> None:
    """Nothing is kept any more."""
    with _lock:
        _kept.clear()


def _put(key: tuple[object, ...], answer: tuple[Mark, datetime, list[Any]]) -> None:
    with _lock:
        _kept[key] = answer
        _kept.move_to_end(key)
        while len(_kept) > MOST:
            _kept.popitem(last=False)


@lru_cache(maxsize=MOST)
def _look(sql: str) -> None:
    unseen = [name for name in _tables() if f'"{name}"' in sql and not is_watched(name)]
    if unseen:
        raise TypeError(f"nobody watches {', '.join(unseen)}")


@cache
def _tables() -> frozenset[str]:
    return frozenset(model._meta.db_table for model in apps.get_models(include_auto_created=True))
