"""`comptoir serve | web | jobs`: everything on one machine, only the pages, only the background rounds."""

import argparse
import os
import subprocess
import sys

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server as Granian

from comptoir.cli.processes import Company, comptoir

LAST_WORDS = 8  # seconds for a worker to end what it answers: less than the grace of the company above it


def serve(args: argparse.Namespace) -> int:
    """Pages and rounds, each in its process, the database brought up to date first."""
    subprocess.run(comptoir("migrate"), check=True, stdout=subprocess.DEVNULL)  # noqa: S603  # our own program
    words = ["--host", args.host, "--port", str(args.port), "--workers", str(args.workers)]
    company = Company({"web": comptoir("web", *words, "--threads", str(args.threads)), "jobs": comptoir("jobs")})
    return company.run()


def web(args: argparse.Namespace) -> int:
    """The pages, until asked to stop. A request of more than 30 seconds is cut by the proxy, not by us.

    A worker asked to stop has eight seconds to answer what it is answering. One asked while it was starting may never
    have heard it: without an end to patience the server would wait for it for ever.
    """
    os.environ.setdefault(
        "MALLOC_ARENA_MAX", "2"
    )  # the workers': a heap for each thread would cost a tenth more memory
    server = Granian(
        "comptoir.wsgi:application", address=args.host, port=args.port, interface=Interfaces.WSGI, workers=args.workers,
        blocking_threads=args.threads, websockets=False, respawn_failed_workers=True, log_level=LogLevels.error,
        backpressure=args.threads * 16, workers_kill_timeout=LAST_WORDS,
    )  # fmt: skip
    server.serve()
    return 0


def jobs(args: argparse.Namespace) -> int:
    """The rounds, until asked to stop, or each until it has no more to do: this process becomes the worker."""
    words = ["--once"] if args.once else []
    os.execv(sys.executable, [sys.executable, "-m", "comptoir.jobs", *words])  # noqa: S606  # our own program, no shell
