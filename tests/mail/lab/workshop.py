"""The tests' end of the sender's process: start one, know its number, hear how it ended."""

import os
import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import quote, urlencode

from django.db import connection


class Workshop:
    """Forks senders on demand, on the database of the test that runs."""

    def __init__(self, port, *arguments):
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.mail.lab.sender", *arguments],
            env={**os.environ, "COMPTOIR_DATABASE_URL": database_url(), "COMPTOIR_LOG_LEVEL": "CRITICAL"}
            | {
                "COMPTOIR_SMTP_URL": f"smtp://127.0.0.1:{port}",
                "COMPTOIR_PUBLIC_URL": "https://inscriptions.exemple.fr",
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout.readline() == "ready\n"

    def send(self, at, limit, *, knowing=lambda pid: None):
        """A sender has run, to its end or to its death; answers the signal that killed it, 0 if none."""
        self._write(f"{at.isoformat()} {limit}")
        knowing(int(self._process.stdout.readline()))
        self._write("go")
        return int(self._process.stdout.readline())

    def close(self):
        self._process.stdin.close()
        self._process.wait(timeout=20)
        self._process.stdout.close()

    def _write(self, line):
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()


@contextmanager
def workshop(port, *arguments):
    opened = Workshop(port, *arguments)
    try:
        yield opened
    finally:
        opened.close()


def database_url():
    """The URL of the database that this test uses."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    user = quote(given["USER"] or "") + (":" + quote(given["PASSWORD"]) if given["PASSWORD"] else "")
    place = f"{given['HOST']}:{given['PORT']}" if given["PORT"] else given["HOST"]
    options = {name: value for name, value in given["OPTIONS"].items() if isinstance(value, str)}
    return f"postgres://{user}@{place}/{quote(given['NAME'])}?{urlencode(options)}"
