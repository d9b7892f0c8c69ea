"""Django's PostgreSQL backend, but for how a kept connection is looked at before it is used again."""

import select
from typing import Any

from django.db.backends.postgresql import base as django_base
from psycopg import OperationalError


class DatabaseWrapper(django_base.DatabaseWrapper):
    """ENGINE "comptoir.base.postgres"."""

    def is_usable(self) -> bool:
        """Whether the server still holds the line, as Django asks once a request and once a job.

        The line itself is looked at, not the server asked: one that was closed (a restart, a failover, an idle limit)
        has something to read. Whatever else lies there is found out by asking, as Django does.
        """
        connection: Any = self.connection
        return connection is not None and (_is_quiet(connection) or super().is_usable())


def _is_quiet(connection: Any) -> bool:
    line = select.poll()
    try:
        line.register(connection.fileno(), select.POLLIN)
    except OperationalError:  # closed by ourselves
        return False
    return not line.poll(0)
