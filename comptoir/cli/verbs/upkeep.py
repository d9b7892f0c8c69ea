"""`comptoir migrate | check | backup | restore`: the database, the configuration, and both in one file."""

import argparse

from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.utils import timezone
from django.utils.formats import date_format

from comptoir.base import planner
from comptoir.cli.answers import table
from comptoir.safekeeping import commands as safekeeping


def migrate(_args: argparse.Namespace) -> int:
    """The database has the tables of this version."""
    call_command("migrate", interactive=False, verbosity=0)
    planner.refresh(at=timezone.now())
    print("Base de données à jour.")
    return 0


def check(args: argparse.Namespace) -> int:
    """Django's own checks and ours; 1 when something is wrong."""
    try:
        call_command("check", deploy=args.deploy, fail_level="WARNING")
    except SystemCheckError as error:
        print(error)
        return 1
    return 0


def backup(args: argparse.Namespace) -> int:
    """The whole deployment is in a new file, while it goes on serving."""
    size = safekeeping.back_up(args.file.resolve(), at=timezone.now())
    print(f"{args.file} : {size / 1_000_000:.1f} Mo. À garder en lieu sûr : ce sont des données personnelles.")
    return 0


def restore(args: argparse.Namespace) -> int:
    """This deployment is the one of the file; what its folders and its ledger disagree on is listed."""
    found = safekeeping.restore(args.file.resolve(), replace=args.replace, at=timezone.now())
    rows = [
        (slug, what, name)
        for slug, findings in found.findings.items()
        for what, names in vars(findings).items()
        for name in names
    ]
    if rows:
        table(("organisation", "what", "file"), rows)
    print(f"Restauré dans l’état du {date_format(timezone.localtime(found.made_at), 'j F Y à H:i')}.")
    for folder in found.aside:
        print(f"Ce qui était là est gardé dans {folder}.")
    return 0
