"""What the database knows of the size of its tables: by that it chooses how to find a row."""

from datetime import datetime
from typing import Any

from django.db import connection

from comptoir.base.outcome import Outcome

MANY = 1_000  # rows more, from which it had better look again
LOOKED_AT = 1_000  # entries of an index, on SQLite: enough to tell many from few, and an instant whatever the size

_grown: dict[tuple[str, str], tuple[int, int]] = {}  # by table: rows since it was looked at, and how many it had then


def refresh(*, at: datetime, limit: int = 0) -> Outcome[int]:  # noqa: ARG001  # a round's
    """It knows of the rows there are now (a round).

    PostgreSQL sees to that by itself. SQLite never does: unaware, it reads an organisation to find three rows by their
    numbers.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            _analyse(cursor)
    return Outcome()


def grown(cursor: Any, table: str, count: int) -> None:
    """So many rows were put in, and it knows of them once the table has doubled: ten times for a million rows.

    By itself it would look later, or never; until then, for a few rows of a table that it takes for a small one, it
    reads it whole, again and again. On PostgreSQL not while somebody else does: two that wait for each other's rows
    would wait for this too.
    """
    name = str(connection.settings_dict["NAME"]), table
    since, had = _grown.get(name, (0, 0))
    since += count
    if since >= max(MANY, had):
        if connection.vendor == "sqlite":
            _analyse(cursor, table)
            since, had = 0, had + since
        else:
            cursor.execute(f"analyze (skip_locked) {table}")
            cursor.execute("select reltuples from pg_class where oid = %s::regclass", [table])
            since, had = 0, int(cursor.fetchone()[0])
    _grown[name] = since, had


def _analyse(cursor: Any, table: str = "") -> None:
    cursor.execute(f"pragma analysis_limit = {LOOKED_AT}")
    cursor.execute(f"analyze {table}")
