"""What the database answered, kept in this worker until something of the organisation changes (ADR 0036).

What is asked is itself the key, values included: whoever may see less asks something else.
"""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from threading import Lock
from time import monotonic
from typing import Any

from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet

from comptoir.base.by_key import Read, in_order
from comptoir.freshness.queries import Mark, mark
from comptoir.freshness.watching import is_watched

MOST = 512  # answers
LARGEST = 2000  # rows of one
KEPT_FOR = 600  # seconds: a table changed by hand on SQLite loses its triggers until the next start

_kept: "OrderedDict[tuple[object, ...], tuple[Mark, float, list[Any]]]" = OrderedDict()
_lock = Lock()
_looked: ContextVar[dict[int, Mark] | None] = ContextVar("looked", default=None)


def answers(rows: QuerySet[Any, Any], *, organisation_id: int) -> list[Any]:
    """What `rows`, a queryset of values, finds: by one light statement when nothing changed since it was last asked.

    Within a transaction, which may have written, it is asked anew. Refuses (TypeError) to read a table nobody watches:
    its changes would go unseen.
    """
    sql, params = _words(rows)
    if not sql:
        return []
    if unseen := _unseen(sql):
        raise TypeError(f"nobody watches {', '.join(unseen)}")
    if connection.in_atomic_block:
        return list(rows)
    key, now, known = (connection.vendor, sql, params), monotonic(), _mark(organisation_id)
    found = _kept.get(key)
    if found and found[0] == known and now - found[1] < KEPT_FOR:
        return found[2]
    answer = list(rows)
    if len(answer) <= LARGEST:
        _put(key, (known, now, answer))
    return answer


def by_key[M: Model](page: QuerySet[M], read: Read[M], *, organisation_id: int) -> list[M]:
    """The rows of a cut queryset, in its order, as `read` gives them by their keys, which are kept where they may be.

    Asked for at once, a database joins and carries all that the rows are shown with before it sorts, for rows by the
    thousand of which a page shows twenty-five; it also plans that for longer than it then takes.
    """
    found = page.values_list("pk")
    is_seen = not _unseen(_words(found)[0])  # not when sorted by somebody's name
    keys = [key for (key,) in (answers(found, organisation_id=organisation_id) if is_seen else found)]
    return in_order(keys, read)


@contextmanager
def one_look() -> Iterator[None]:
    """Within this block, which writes nothing, the mark of an organisation is read once for all its answers.

    They are then those of the block's beginning or later, as those of a page that is read from top to bottom are.
    """
    token = _looked.set({})
    try:
        yield
    finally:
        _looked.reset(token)


def forget_all() -> None:
    """Nothing is kept any more."""
    with _lock:
        _kept.clear()


def _mark(organisation_id: int) -> Mark:
    looked = _looked.get()
    if looked is None:
        return mark(organisation_id)
    if organisation_id not in looked:
        looked[organisation_id] = mark(organisation_id)
    return looked[organisation_id]


def _put(key: tuple[object, ...], answer: tuple[Mark, float, list[Any]]) -> None:
    with _lock:
        _kept[key] = answer
        _kept.move_to_end(key)
        while len(_kept) > MOST:
            _kept.popitem(last=False)


def _words(rows: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]]:
    """What is asked; '' when Django knows beforehand that nothing answers."""
    try:
        return rows.query.sql_with_params()
    except EmptyResultSet:
        return "", ()


@lru_cache(maxsize=MOST)
def _unseen(sql: str) -> list[str]:
    """The tables read whose changes leave nothing."""
    return [name for name in _tables() if f'"{name}"' in sql and not is_watched(name)]


@cache
def _tables() -> frozenset[str]:
    return frozenset(model._meta.db_table for model in apps.get_models(include_auto_created=True))
