"""`comptoir clients match` and `clients duplicates`: the engine on files, for automation and measure."""

import argparse
import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid, Missing
from comptoir.base.sheets import csv_text
from comptoir.cli.answers import show
from comptoir.clients import duplicates as pairs
from comptoir.clients import matching_files
from comptoir.clients.commands import duplicates as scans
from comptoir.organisations import queries as organisations

type Line = tuple[str, str, str, float, str]


def match(args: argparse.Namespace) -> int:
    """One line a request: the client it most likely comes from, by its id in the file it was imported from."""
    organisation_id = organisations.named(args.organisation).pk
    try:
        source = args.file.open("rb")
    except OSError as error:
        raise Missing(_("Ce fichier ne peut être lu\u00a0: %(file)s.") % {"file": args.file}) from error
    with source:
        if args.out.exists() and args.out.samefile(args.file):
            raise Invalid(_("Le fichier à écrire est celui des demandes\u00a0: donnez-en un autre."), field="out")
        lines = matching_files.matched(source, organisation_id=organisation_id)
        counts = _written(args.out, ("id", "client", "certainty", "score", "reason"), lines)
    return _said(args, dict(counts))


def duplicates(args: argparse.Namespace) -> int:
    """The base is scanned, then one line a pair, the surest first; ids as imported, else client numbers."""
    organisation_id = organisations.named(args.organisation).pk
    scan = scans.scan(organisation_id=organisation_id, at=timezone.now())
    lines = pairs.lines(organisation_id=organisation_id)
    counts = _written(args.out, ("left", "right", "certainty", "score", "reason"), lines)
    return _said(args, {**counts, "clients": scan.total})


def _written(path: Path, titles: Sequence[str], lines: Iterable[Line]) -> Counter[str]:
    """The file is there whole, or as it was before; how many lines of each certainty. No cell is a formula."""
    counts: Counter[str] = Counter()
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as out:
            to = csv.writer(out)
            to.writerow(titles)
            for first, second, certainty, score, reason in lines:
                counts[certainty] += 1
                to.writerow((csv_text(first), csv_text(second), certainty, score, reason))
        part.replace(path)
    except OSError as error:
        raise Missing(_("Ce fichier ne peut être écrit\u00a0: %(file)s.") % {"file": path}) from error
    finally:
        part.unlink(missing_ok=True)
    return counts


def _said(args: argparse.Namespace, counts: dict[str, int]) -> int:
    show(counts, as_json=args.json, line=", ".join(f"{name}: {count}" for name, count in counts.items()))
    return 0
