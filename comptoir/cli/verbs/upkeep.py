"""`comptoir migrate | check`: the database and the configuration."""

import argparse

from django.core.management import call_command
from django.core.management.base import SystemCheckError


def migrate(_args: argparse.Namespace) -> int:
    """The database has the tables of this version."""
    call_command("migrate", interactive=False, verbosity=0)
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
