"""The environment of the demonstration and of the benches, set before Django reads it: data of their own."""

import argparse
import os
import secrets
import socket
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit


def prepare_demo(args: argparse.Namespace) -> None:
    """Whatever the shell says, the demonstration speaks to nobody else; an explicit log level is kept."""
    folder = args.data or Path(tempfile.gettempdir()) / "comptoir-demo"
    folder.mkdir(parents=True, exist_ok=True)
    args.smtp_port = _free_port()
    os.environ |= {
        "COMPTOIR_DATA_DIR": str(folder.resolve()),
        "COMPTOIR_DATABASE_URL": "",
        "COMPTOIR_PUBLIC_URL": f"http://127.0.0.1:{args.port}",
        "COMPTOIR_HOSTS": "localhost",
        "COMPTOIR_SMTP_URL": f"smtp://127.0.0.1:{args.smtp_port}",
        "COMPTOIR_SECRET_KEY": "",
        "COMPTOIR_DEMO": "1",
        "COMPTOIR_LOG_LEVEL": os.environ.get("COMPTOIR_LOG_LEVEL", "WARNING"),
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def prepare_bench(args: argparse.Namespace) -> None:
    """A folder and a database nobody else uses; called before Django reads the environment."""
    args.folder = tempfile.mkdtemp(prefix="comptoir-bench-")
    url = "" if args.database in ("", "sqlite") else _new_database(args)
    os.environ |= {
        "COMPTOIR_DATA_DIR": args.folder, "COMPTOIR_DATABASE_URL": url,
        "COMPTOIR_SECRET_KEY": secrets.token_urlsafe(50),
        "COMPTOIR_PUBLIC_URL": "http://127.0.0.1:8000", "COMPTOIR_LOG_LEVEL": "ERROR", "COMPTOIR_DEBUG": "0",
    }  # fmt: skip


def _new_database(args: argparse.Namespace) -> str:
    import psycopg  # noqa: PLC0415  # an extra: only with a PostgreSQL address

    args.made = f"comptoir_bench_{secrets.token_hex(4)}"
    with psycopg.connect(args.database, autocommit=True) as server:
        server.execute(f'create database "{args.made}"')
    return str(urlunsplit(urlsplit(args.database)._replace(path=f"/{args.made}")))
