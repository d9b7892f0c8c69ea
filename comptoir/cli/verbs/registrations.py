"""`comptoir registrations export` and `comptoir payments export`: files, by the same queries as the desk's."""

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.base import sheets
from comptoir.base.errors import Missing
from comptoir.bookings import exporting
from comptoir.bookings.commands.exporting import record_export
from comptoir.bookings.queries import Search
from comptoir.catalogue import queries as catalogue
from comptoir.cli.answers import note
from comptoir.organisations import queries as organisations
from comptoir.organisations.actors import Actor, system
from comptoir.payments import journal


def export(args: argparse.Namespace) -> int:
    """The registrations, all or those of a session, a state, a payment; CSV, or XLSX by the name of the file."""
    by = _by(args)
    search = Search(text=args.text, state=args.state, payment=args.payment, session_id=_session(args, by))
    record_export(_shape(args.out), by=by, at=timezone.now())
    _written(args.out, exporting.titles(), exporting.table(seen_by=by, search=search), _("Inscriptions"))
    return 0


def payments(args: argparse.Namespace) -> int:
    """The payment journal of a period."""
    by = _by(args)
    journal.record_export(by=by, at=timezone.now())
    rows = journal.table(seen_by=by, first=args.first, last=args.last)
    _written(args.out, journal.titles(), rows, _("Paiements"))
    return 0


def _by(args: argparse.Namespace) -> Actor:
    return system(organisations.named(args.organisation).pk)


def _session(args: argparse.Namespace, by: Actor) -> int | None:
    if not args.session:
        return None
    found = catalogue.sessions(seen_by=by).filter(reference=args.session).first()
    if found is None:
        raise Missing(_("Aucune session ne porte cette référence."))
    return found.pk


def _shape(out: Path | None) -> str:
    return "xlsx" if out and out.suffix.lower() == ".xlsx" else "csv"


def _written(out: Path | None, titles: Sequence[str], rows: Iterable[Sequence[Any]], name: str) -> None:
    if out is None:
        for chunk in sheets.csv_chunks(titles, rows):
            sys.stdout.buffer.write(chunk)
        return
    with out.open("wb") as file:
        if _shape(out) == "xlsx":
            sheets.write_xlsx(file, titles, rows, name=name)
        else:
            file.writelines(sheets.csv_chunks(titles, rows))
    note(_("%(file)s est écrit.") % {"file": out})
