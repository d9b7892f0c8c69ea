"""The database of this deployment as one file, and back, by the tools of its own kind."""

import os
import shutil
import subprocess
from pathlib import Path

from django.db import connection, connections
from django.utils.translation import gettext as _

from comptoir.base.errors import Refusal

BESIDE = ("", "-wal", "-shm")  # the files of one SQLite database
# What the tools of PostgreSQL read from the environment, so that no password stands on a command line.
SPOKEN = {
    "host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY",
    "passfile": "PGPASSFILE", "service": "PGSERVICE",
}  # fmt: skip


class ToolFailed(Refusal):
    """PostgreSQL's own program is not there, or said no; its last words are in the sentence."""

    code = "tool-failed"
    kind = "unavailable"


def tables() -> list[str]:
    """The names of the tables there are, sorted; none in a new database."""
    with connection.cursor() as cursor:
        return sorted(connection.introspection.table_names(cursor))


def dump(into: Path) -> None:
    """Afterwards the file is the database as of one moment, taken while others write. Refuses: ToolFailed."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(into)])
    else:
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={into}")


def load(source: Path, *, aside: Path | None) -> None:
    """Afterwards the database is the one of the file, all or nothing.

    What was there: in `aside` for SQLite, or gone when there is none; replaced in one transaction by PostgreSQL.
    Refuses: ToolFailed.
    """
    if connection.vendor == "sqlite":
        _load_file(source, aside)
    else:
        words = ("--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
        connections.close_all()
        _run("pg_restore", *words, f"--dbname={connection.settings_dict['NAME']}", str(source))


def file() -> Path | None:
    """Where the database lies, when it is a file."""
    return Path(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else None


def _load_file(source: Path, aside: Path | None) -> None:
    connections.close_all()
    place = file() or source
    for end in BESIDE:
        there = place.with_name(place.name + end)
        if aside and there.exists():
            shutil.move(there, aside / there.name)
        there.unlink(missing_ok=True)
    shutil.move(source, place)


def _run(program: str, *words: str) -> None:
    asked = connection.get_connection_params()  # the address's own words too: a socket's folder, a certificate
    known = os.environ | {SPOKEN[name]: str(value) for name, value in asked.items() if name in SPOKEN and value}
    try:
        done = subprocess.run([program, *words], env=known, capture_output=True, text=True, check=False)  # noqa: S603  # fixed words and our own paths
    except FileNotFoundError as error:
        raise ToolFailed(
            _("«\u202f%(program)s\u202f» n’est pas installé sur cette machine (Debian\u00a0: postgresql-client).")
            % {"program": program}
        ) from error
    if done.returncode:
        said = " ".join(done.stderr.split())[:400] or "?"
        raise ToolFailed(_("«\u202f%(program)s\u202f» a refusé\u00a0: %(said)s") % {"program": program, "said": said})
