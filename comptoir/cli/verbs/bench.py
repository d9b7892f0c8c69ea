"""`comptoir bench NAME`: figures measured on data of its own, in a database of its own, removed afterwards.

Beside each figure stands the same rows written or read by plain SQL in the same run: quote the ratio, machines differ.
"""

import argparse
import importlib
import shutil

from django.core.management import call_command
from django.db import connections

from comptoir.cli.answers import show
from comptoir.cli.benches import measure


def run(args: argparse.Namespace) -> int:
    """Make the data, measure, print, remove."""
    try:
        call_command("migrate", interactive=False, verbosity=0)
        bench = importlib.import_module(f"comptoir.cli.benches.{args.name}")
        figures = bench.run(args.size or bench.SIZE)
        answer = {"name": args.name, "database": measure.database_name(), **figures}
        show(answer, as_json=args.json, line=measure.readable(answer))
    finally:
        connections.close_all()
        _remove(args)
    return 0


def _remove(args: argparse.Namespace) -> None:
    shutil.rmtree(args.folder, ignore_errors=True)
    if getattr(args, "made", ""):
        import psycopg  # noqa: PLC0415  # same

        with psycopg.connect(args.database, autocommit=True) as server:
            server.execute(f'drop database if exists "{args.made}" with (force)')
