"""The embedded database: Django's SQLite backend on a sound library, its writes durable and in turn (ADR 0002)."""

import datetime
import decimal
import itertools
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base as django_base
from django.db.backends.sqlite3._functions import register
from django.utils.asyncio import async_unsafe
from django.utils.dateparse import parse_date, parse_datetime, parse_time

from comptoir.base.sqlite import engine, turns
from comptoir.base.sqlite.features import DatabaseFeatures

Database: Any = engine.driver

BUSY_TIMEOUT = 20.0  # seconds a writer waits for its turn before it gives up


def _decoded(parse: Callable[[str], object]) -> Callable[[bytes], object]:
    return lambda stored: parse(stored.decode())


# The same conversions that Django teaches to Python's own driver.
Database.register_converter("bool", b"1".__eq__)
Database.register_converter("date", _decoded(parse_date))
Database.register_converter("time", _decoded(parse_time))
Database.register_converter("datetime", _decoded(parse_datetime))
Database.register_converter("timestamp", _decoded(parse_datetime))
Database.register_adapter(decimal.Decimal, str)
Database.register_adapter(datetime.date, datetime.date.isoformat)
Database.register_adapter(datetime.datetime, lambda moment: moment.isoformat(" "))


class Connection(Database.Connection):  # type: ignore[misc]  # the driver is chosen when the program starts
    """A connection that can tell its limits, which Django asks for and one driver leaves out."""

    def getlimit(self, category: int, /) -> int:
        """The compiled limit: nothing here lowers it at run time."""
        return engine.compiled_limit(category)


class Cursor(Database.Cursor):  # type: ignore[misc]  # same
    """Django writes `%s` and `%(name)s`; SQLite reads `?` and `:name`."""

    def execute(self, query: str, params: Sequence[Any] | Mapping[str, Any] | None = None) -> Any:
        """Run one statement."""
        if params is None:
            return super().execute(query)
        return super().execute(_translated(query, params), params)

    def executemany(self, query: str, param_list: Iterable[Sequence[Any] | Mapping[str, Any]]) -> Any:
        """Run one statement for each set of values; the sets may come from a generator."""
        rows = iter(param_list)
        first = next(rows, None)
        if first is None:
            return self
        return super().executemany(_translated(query, first), itertools.chain((first,), rows))


def _translated(query: str, params: Sequence[Any] | Mapping[str, Any]) -> str:
    if isinstance(params, Mapping):
        return query % {name: f":{name}" for name in params}
    return django_base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class DatabaseWrapper(django_base.DatabaseWrapper):
    """ENGINE "comptoir.base.sqlite". It needs a NAME; OPTIONS may say `journal`: "auto", "wal" or "delete"."""

    Database = Database
    features_class = DatabaseFeatures
    transaction_mode: str | None
    init_commands: list[str]
    _turn: turns.Turns | None = None

    def get_connection_params(self) -> dict[str, Any]:
        """Every transaction takes the write lock when it opens: one that read first could not get it later."""
        params = {"timeout": BUSY_TIMEOUT, **super().get_connection_params(), "factory": Connection}
        self.transaction_mode = self.transaction_mode or "IMMEDIATE"
        self.journal = params.pop("journal", "auto")
        return params

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection whose committed writes survive a power cut."""
        if not self.is_in_memory_db():
            Path(conn_params["database"]).parent.mkdir(parents=True, exist_ok=True)
        connection = Database.connect(**conn_params)
        try:
            register(connection)
            self._tune(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _start_transaction_under_autocommit(self) -> None:
        if not self.is_in_memory_db():
            queue = turns.at(str(self.settings_dict["NAME"]))
            self._turn = queue if queue.take(BUSY_TIMEOUT) else None
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # unknown to the stubs
        except BaseException:
            self._pass_turn_on()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._pass_turn_on()  # not when it failed: the rollback that follows does

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._pass_turn_on()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._pass_turn_on()

    def _pass_turn_on(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.pass_on()

    def create_cursor(self, name: str | None = None) -> Any:  # noqa: ARG002  # Django's signature
        """A cursor that speaks Django's parameter style."""
        return self.connection.cursor(factory=Cursor)

    def _tune(self, connection: Any) -> None:
        if hasattr(connection, "set_busy_handler"):
            connection.set_busy_handler(turns.patience(BUSY_TIMEOUT))
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA legacy_alter_table = OFF")
        connection.execute("PRAGMA cache_size = -16384")  # 16 MiB a connection
        connection.execute("PRAGMA journal_size_limit = 67108864")  # a burst of writes does not leave a huge log behind
        connection.execute("PRAGMA fullfsync = ON")  # macOS alone needs and knows it
        journal = "memory" if self.is_in_memory_db() else _keep_journal(connection, self._journal_wanted())
        # A deleted journal is only gone for good once its folder is synced too: that is EXTRA, and a log needs it not.
        connection.execute(f"PRAGMA synchronous = {'FULL' if journal == 'wal' else 'EXTRA'}")
        for command in self.init_commands:
            if command.strip():
                connection.execute(command)

    def _journal_wanted(self) -> str:
        if self.journal == "auto":
            return "wal" if engine.WAL_IS_SAFE else "delete"
        return str(self.journal)


def _keep_journal(connection: Any, wanted: str) -> str:
    """Set the file's journal mode and answer the one in force. SQLite does not wait its turn for that, so we do."""
    deadline = time.monotonic() + BUSY_TIMEOUT
    while True:
        try:
            current = _journal(connection, "")
            return current if current == wanted else _journal(connection, f" = {wanted}")
        except Database.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _journal(connection: Any, change: str) -> str:
    return str(connection.execute(f"PRAGMA journal_mode{change}").fetchone()[0])
