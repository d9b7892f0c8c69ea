"""The environment of the demonstration, set before Django reads it: its own data, its own mail server."""

import argparse
import os
import socket
import tempfile
from pathlib import Path


def prepare(args: argparse.Namespace) -> None:
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
