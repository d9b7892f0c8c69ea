"""Triggers on the tables of which something is kept: each row written leaves a `Change` of its organisation.

Each floor names its own tables (`watch`, in its `apps.py`). They are made again after every migration, since a change
of a table on SQLite drops its triggers.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connections

EVENTS = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True)
class Watched:
    """A table, and the SQL that gives its organisation from a row called `{row}`; `columns`: see `watch`."""

    table: str
    organisation: str
    columns: tuple[str, ...] = ()

    def event(self, name: str) -> str:
        """As a trigger names it."""
        return f"UPDATE OF {', '.join(self.columns)}" if name == "UPDATE" and self.columns else name


_watched: dict[str, Watched] = {}


def watch(table: str, organisation: str, *, columns: tuple[str, ...] = ()) -> None:
    """This table is watched from the next migration on. `organisation`: SQL, with `{row}` for the row written.

    `columns`: all that anybody keeps of it, so that a change of the others leaves nothing.
    """
    _watched[table] = Watched(table, organisation, columns)


def is_watched(table: str) -> bool:
    """Whether a change of this table is seen."""
    return table in _watched


def write_triggers(*, using: str, **_signal: Any) -> None:
    """Each watched table has its triggers: the receiver of Django's `post_migrate`."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if "freshness_change" not in tables:
            return
        known = _known(connection, cursor)
        for one in _watched.values():
            if one.table in tables:
                for name, statements in _statements(connection.vendor, one):
                    if name not in known:
                        for statement in statements:
                            cursor.execute(statement)


def _known(connection: Any, cursor: Any) -> set[str]:
    where = {
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'fresh_%%'",
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'fresh_%%'",
    }
    cursor.execute(where[connection.vendor].replace("%%", "%"))
    return {name for (name,) in cursor.fetchall()}


def _statements(vendor: str, one: Watched) -> list[tuple[str, list[str]]]:
    if vendor == "sqlite":
        return [(f"fresh_{one.table}_{event.lower()}", [_on_sqlite(one, event)]) for event in EVENTS]
    return [(f"fresh_{one.table}", _on_postgresql(one))]


def _noted(one: Watched, row: str) -> str:
    organisation = one.organisation.format(row=row)
    return (
        "INSERT INTO freshness_change (organisation_id)"  # noqa: S608  # names of ours
        f" SELECT o.id FROM (SELECT ({organisation}) AS id) o WHERE o.id IS NOT NULL"
    )


def _on_sqlite(one: Watched, event: str) -> str:
    row = "OLD" if event == "DELETE" else "NEW"
    name, when = f"fresh_{one.table}_{event.lower()}", one.event(event)
    return f"CREATE TRIGGER {name} AFTER {when} ON {one.table} BEGIN {_noted(one, row)}; END"


def _on_postgresql(one: Watched) -> list[str]:
    old, new = _noted(one, "OLD"), _noted(one, "NEW")
    function = (
        f"CREATE OR REPLACE FUNCTION fresh_{one.table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF TG_OP = 'DELETE' THEN {old}; ELSE {new}; END IF; RETURN NULL; END $$"
    )
    trigger = (
        f"CREATE TRIGGER fresh_{one.table} AFTER {' OR '.join(map(one.event, EVENTS))} ON {one.table}"
        f" FOR EACH ROW EXECUTE FUNCTION fresh_{one.table}()"
    )
    return [function, trigger]
