"""`comptoir clients match` and `clients duplicates`: the engine on files, for automation and measure."""

import argparse
import csv
from collections import Counter
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.base.errors import Missing
from comptoir.cli.answers import show
from comptoir.clients import duplicates as pairs
from comptoir.clients import matching_files
from comptoir.clients.commands import duplicates as scans
from comptoir.organisations import queries as organisations


def match(args: argparse.Namespace) -> int:
    """One line a request: the client it most likely comes from, by its id in the file it was imported from."""
    organisation_id = organisations.named(args.organisation).pk
    try:
        source = args.file.open(encoding="utf-8-sig", newline="")
    except OSError as error:
        raise Missing(_("Ce fichier ne peut être lu\u00a0: %(file)s.") % {"file": args.file}) from error
    counts: Counter[str] = Counter()
    with source, _written(args.out) as out:
        to = csv.writer(out)
        to.writerow(("id", "client", "certainty", "score", "reason"))
        for line in matching_files.matched(csv.DictReader(source), organisation_id=organisation_id):
            counts[line[2]] += 1
            to.writerow(line)
    return _said(args, dict(counts))


def duplicates(args: argparse.Namespace) -> int:
    """The base is scanned, then one line a pair, the surest first; ids as imported, else client numbers."""
    organisation_id = organisations.named(args.organisation).pk
    scan = scans.scan(organisation_id=organisation_id, at=timezone.now())
    counts: Counter[str] = Counter()
    with _written(args.out) as out:
        to = csv.writer(out)
        to.writerow(("left", "right", "certainty", "score", "reason"))
        for line in pairs.lines(organisation_id=organisation_id):
            counts[line[2]] += 1
            to.writerow(line)
    return _said(args, {**counts, "clients": scan.total})


def _written(path: Path):  # type: ignore[no-untyped-def]
    try:
        return path.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise Missing(_("Ce fichier ne peut être écrit\u00a0: %(file)s.") % {"file": path}) from error


def _said(args: argparse.Namespace, counts: dict[str, int]) -> int:
    show(counts, as_json=args.json, line=", ".join(f"{name}: {count}" for name, count in counts.items()))
    return 0
