"""Many plain rows into a table at once: COPY on PostgreSQL, one prepared insert on SQLite."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


def pour(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """The rows are in the table, in the caller's transaction; columns by their names in the database."""
    names = ", ".join(connection.ops.quote_name(one) for one in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"copy {table} ({names}) from stdin") as copied:
                for row in rows:
                    copied.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"insert into {table} ({names}) values ({marks})", rows)  # type: ignore[arg-type]  # noqa: S608  # names of ours
