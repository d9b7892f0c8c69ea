"""`comptoir clients import`: a CSV file becomes clients; a line that cannot is named and the others go on."""

import argparse

from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.base.errors import Missing
from comptoir.cli.answers import note, show
from comptoir.clients.commands import imports
from comptoir.organisations import queries as organisations
from comptoir.organisations.actors import system


def import_file(args: argparse.Namespace) -> int:
    """Every line that can be is a client; run again, nothing is doubled. Lines left alone go to the error stream."""
    by = system(organisations.named(args.organisation).pk)
    try:
        source = args.file.open("rb")
    except OSError as error:
        raise Missing(_("Ce fichier ne peut être lu\u00a0: %(file)s.") % {"file": args.file}) from error
    with source:
        tally = imports.import_clients(source=source, by=by, at=timezone.now())
    for problem in tally.problems:
        note(" ".join(str(part) for part in problem.values()))
    line = ", ".join(f"{name}: {count}" for name, count in tally.counts.items())
    show(tally.counts | {"problems": tally.problems}, as_json=args.json, line=line)
    return 0
