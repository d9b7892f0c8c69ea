"""Many plain rows into a table at once: COPY on PostgreSQL, prepared inserts of many rows on SQLite."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import batched, chain
from typing import Any

from django.db import connection, models

VALUES = 300  # of one insert: more gains nothing
MANY = 1_000  # rows, from which PostgreSQL plans otherwise for them than for none

_poured: dict[tuple[str, str], tuple[int, int]] = {}  # by table: rows since it was last looked at, and how many it had


def pour(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """The rows are in the table, in the caller's transaction; columns by their names in the database.

    PostgreSQL knows of them: by itself it looks a minute later, and until then, for a few rows of a table that it takes
    for a small one, reads it whole, again and again.
    """
    names = ", ".join(connection.ops.quote_name(one) for one in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            count = 0
            with cursor.copy(f"copy {table} ({names}) from stdin") as copied:
                for count, row in enumerate(rows, 1):  # noqa: B007
                    copied.write_row(row)
            _look(cursor, table, count)
        else:
            for together, some in _alike(rows, max(1, VALUES // len(columns))):
                marks = ", ".join([f"({', '.join(['%s'] * len(columns))})"] * together)
                cursor.executemany(f"insert into {table} ({names}) values {marks}", some)  # type: ignore[arg-type]  # noqa: S608  # names of ours


def _look(cursor: Any, table: str, count: int) -> None:
    """The table is looked at again once it has doubled since: ten times for a million rows, a part of a second each.

    Not while somebody else does: two that wait for each other's rows would wait for this too.
    """
    name = connection.settings_dict["NAME"], table
    since, had = _poured.get(name, (0, 0))
    since += count
    if since >= max(MANY, had):
        cursor.execute(f"analyze (skip_locked) {table}")
        cursor.execute("select reltuples from pg_class where oid = %s::regclass", [table])
        since, had = 0, int(cursor.fetchone()[0])
    _poured[name] = since, had


def _alike(rows: Iterable[Sequence[Any]], size: int) -> Iterator[tuple[int, Iterable[list[Any]]]]:
    """The rows, `size` of them put end to end at a time, then those that are left; each with how many rows it is."""
    left: list[Sequence[Any]] = []

    def whole() -> Iterator[list[Any]]:
        for some in batched(rows, size):
            if len(some) == size:
                yield list(chain.from_iterable(some))
            else:
                left.extend(some)

    yield size, whole()
    if left:
        yield len(left), [list(chain.from_iterable(left))]
