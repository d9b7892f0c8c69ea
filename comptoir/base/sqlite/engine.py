"""Which SQLite library we run on, and what it may be trusted with (ADR 0002)."""

import functools
import importlib
import sqlite3
from types import ModuleType
from typing import Any

Version = tuple[int, ...]

# Before these releases a write-ahead log could corrupt the file when two connections met in a checkpoint.
# (first safe release, first release of the next branch that has the fault again)
_SAFE_BRANCHES: tuple[tuple[Version, Version], ...] = (
    ((3, 44, 6), (3, 45)),
    ((3, 50, 7), (3, 51)),
    ((3, 51, 3), (4,)),
)


def is_wal_safe(version: Version) -> bool:
    """Whether this SQLite release may keep its journal as a write-ahead log."""
    return any(first <= version < end for first, end in _SAFE_BRANCHES)


def _choose() -> ModuleType:
    """The newer of two drivers: the one that carries its own SQLite where there is a wheel for it, or Python's own."""
    try:
        carried = importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return importlib.import_module("sqlite3.dbapi2")
    newer: bool = carried.sqlite_version_info > sqlite3.sqlite_version_info
    return carried if newer else importlib.import_module("sqlite3.dbapi2")


driver: Any = _choose()
VERSION: Version = driver.sqlite_version_info
WAL_IS_SAFE = is_wal_safe(VERSION)

_OPTION_NAMES = {
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: ("MAX_VARIABLE_NUMBER", 32_766),
    sqlite3.SQLITE_LIMIT_COLUMN: ("MAX_COLUMN", 2_000),
}


@functools.cache
def compiled_limit(category: int) -> int:
    """A limit this library was compiled with: what `Connection.getlimit` answers where a driver lacks it."""
    name, usual = _OPTION_NAMES[category]
    connection = driver.connect(":memory:")
    try:
        options = dict(row[0].partition("=")[::2] for row in connection.execute("PRAGMA compile_options"))
    finally:
        connection.close()
    return int(options.get(name, usual))
