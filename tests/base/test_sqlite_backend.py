"""The embedded database is durable, and runs on the best library there is."""

import sqlite3
import subprocess
import sys

import pytest
from django.db import transaction
from django.test.utils import CaptureQueriesContext

from comptoir.base.sqlite import engine

OWN = "own_sqlite"


def asked(connection, pragma):
    with connection.cursor() as cursor:
        return cursor.execute(f"PRAGMA {pragma}").fetchone()[0]


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 46, 1), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
    ],
)
def test_write_ahead_log_only_where_it_is_sound(version, safe):
    assert engine.is_wal_safe(version) is safe


def test_committed_writes_survive_a_power_cut(own):
    assert asked(own, "journal_mode") == ("wal" if engine.WAL_IS_SAFE else "delete")
    assert asked(own, "synchronous") == (2 if engine.WAL_IS_SAFE else 3)  # FULL, EXTRA
    assert asked(own, "foreign_keys") == 1
    assert own.get_database_version() == engine.VERSION


@pytest.mark.parametrize(("journal", "level"), [("wal", 2), ("delete", 3)])
def test_an_existing_file_changes_its_journal_when_told(own, journal, level):
    own.ensure_connection()
    own.close()
    own.settings_dict["OPTIONS"] = {"journal": journal}
    assert (asked(own, "journal_mode"), asked(own, "synchronous")) == (journal, level)


def test_the_folder_of_the_file_is_made(own, tmp_path):
    own.settings_dict["NAME"] = str(tmp_path / "new" / "folder" / "own.sqlite3")
    assert asked(own, "user_version") == 0


def test_a_transaction_takes_the_write_lock_when_it_opens(own):
    with CaptureQueriesContext(own) as queries, transaction.atomic(using=OWN):
        pass
    assert queries[0]["sql"] == "BEGIN IMMEDIATE"


def test_the_python_driver_alone_serves_too(tmp_path):
    """Where there is no wheel of the carried library: the rollback journal, unless Python's own is sound."""
    script = f"""
import sys; sys.modules["pysqlite3"] = None
from django.conf import settings
settings.configure(DATABASES={{"default": {{"ENGINE": "comptoir.base.sqlite", "NAME": {str(tmp_path / "x.db")!r}}}}})
from django.db import connection, transaction
with transaction.atomic(), connection.cursor() as cursor:
    cursor.execute("CREATE TABLE t (n integer)")
    cursor.executemany("INSERT INTO t VALUES (%s)", ((n,) for n in range(3)))
    print(*cursor.execute("SELECT sum(n), %(text)s FROM t", {{"text": "%"}}).fetchone())
    print(cursor.execute("PRAGMA journal_mode").fetchone()[0])
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=".")
    figures, journal = ran.stdout.splitlines()
    assert figures == "3 %"
    assert journal == ("wal" if engine.is_wal_safe(sqlite3.sqlite_version_info) else "delete")
