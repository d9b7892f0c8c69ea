"""`comptoir demo`: the whole product on one port, with sample organisations and a mail server that delivers nowhere."""

import argparse
import os
import socket
import tempfile
from pathlib import Path

import django
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from django.core.management import call_command
from django.utils import timezone

from comptoir.cli.processes import Company, comptoir
from comptoir.cli.sample import loading as sample


def prepare(args: argparse.Namespace) -> None:
    """The environment of the demonstration: its own data folder and mail server, whatever the shell says."""
    folder = args.data or Path(tempfile.gettempdir()) / "comptoir-demo"
    args.smtp_port = _free_port()
    os.environ |= {
        "COMPTOIR_DATA_DIR": str(folder.resolve()),
        "COMPTOIR_DATABASE_URL": "",
        "COMPTOIR_PUBLIC_URL": f"http://127.0.0.1:{args.port}",
        "COMPTOIR_HOSTS": "localhost",
        "COMPTOIR_SMTP_URL": f"smtp://127.0.0.1:{args.smtp_port}",
        "COMPTOIR_DEMO": "1",
        "COMPTOIR_LOG_LEVEL": os.environ.get("COMPTOIR_LOG_LEVEL", "WARNING"),
    }
    folder.mkdir(parents=True, exist_ok=True)
    django.setup()


def run(args: argparse.Namespace) -> int:
    """Served until asked to stop; the data folder is kept and found again next time."""
    call_command("migrate", interactive=False, verbosity=0)
    sample.load(at=timezone.now())
    mailbox = Controller(Sink(), hostname="127.0.0.1", port=args.smtp_port)
    mailbox.start()
    words = ("--port", str(args.port), "--workers", "1")
    company = Company({"web": comptoir("web", *words), "jobs": comptoir("jobs")})
    print(sample.welcome(f"http://127.0.0.1:{args.port}"), flush=True)
    try:
        return company.run()
    finally:
        mailbox.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
