"""Many plain rows into a table at once: COPY on PostgreSQL, prepared inserts of many rows on SQLite."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import batched, chain
from typing import Any

from django.db import connection, models

from comptoir.base.planner import grown

VALUES = 300  # of one insert: more gains nothing


def pour(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """The rows are in the table, in the caller's transaction, and the database knows how many; columns by their names
    in the database.
    """
    names = ", ".join(connection.ops.quote_name(one) for one in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    count = 0
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"copy {table} ({names}) from stdin") as copied:
                for count, row in enumerate(rows, 1):  # noqa: B007
                    copied.write_row(row)
        else:
            for together, some in _alike(rows, max(1, VALUES // len(columns))):
                marks = ", ".join([f"({', '.join(['%s'] * len(columns))})"] * together)
                insert = f"insert into {table} ({names}) values {marks}"  # noqa: S608  # names of ours
                cursor.executemany(insert, some)  # type: ignore[arg-type]
                count += max(0, cursor.rowcount)
        grown(cursor, table, count)


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
