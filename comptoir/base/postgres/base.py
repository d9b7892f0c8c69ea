"""Django's PostgreSQL backend, but for how a kept connection is looked at, and a cursor kept with it."""

import select
from typing import Any

from django.db.backends.postgresql import base as django_base
from psycopg.pq import TransactionStatus


class DatabaseWrapper(django_base.DatabaseWrapper):
    """ENGINE "comptoir.base.postgres"."""

    _kept: Any = None

    def kept_cursor(self) -> Any:
        """A cursor whose statements the server plans once and keeps, the same each time while the line is open.

        Whoever asks by it reads the whole answer before anybody asks again, and leaves it open.
        """
        self.close_if_health_check_failed()
        if self.connection is None or self._kept is None or self._kept.cursor.connection is not self.connection:
            self.ensure_connection()
            self._kept = self.make_cursor(self.Database.Cursor(self.connection))
        return self.make_debug_cursor(self._kept.cursor) if self.queries_logged else self._kept

    def is_usable(self) -> bool:
        """Whether the server still holds the line, as Django asks once a request and once a job.

        The line itself is looked at, not the server asked: one that the server closed (a restart, an idle limit) has
        something to read. Whatever else lies there, or is under way, is found out by asking, as Django does. A server
        that vanished without a word is noticed by the first statement only.
        """
        connection: Any = self.connection
        return connection is not None and (_is_quiet(connection) or super().is_usable())


def _is_quiet(connection: Any) -> bool:
    if connection.info.transaction_status != TransactionStatus.IDLE:  # also when closed by ourselves
        return False
    line = select.poll()
    line.register(connection.fileno(), select.POLLIN)
    return not line.poll(0)
