"""`comptoir demo`: the whole product on one port, with sample organisations and a mail server that delivers nowhere."""

import argparse

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from django.core.management import call_command
from django.utils import timezone

from comptoir.cli.processes import Company, comptoir
from comptoir.cli.sample import loading as sample


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
