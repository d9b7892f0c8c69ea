"""Import clients from a file: straight away (command line), or looked at first and left to the background rounds."""

from collections.abc import Callable
from datetime import datetime
from itertools import batched
from typing import BinaryIO

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Missing
from comptoir.clients import importing, keeping, reading
from comptoir.clients.importable import Row
from comptoir.clients.models import ClientImport
from comptoir.clients.perimeter import require_work
from comptoir.clients.states import ImportState, check_move
from comptoir.clients.tally import Tally
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor

SAMPLE = 6  # lines shown by the preview
Progress = Callable[[Tally], object]


def import_clients(*, source: BinaryIO, by: Actor, at: datetime, on_batch: Progress | None = None) -> Tally:
    """Every line that can be is a client, new or brought up to date; run again, nothing is doubled.

    A batch of lines is one transaction: cut anywhere, run it again. Lines left alone are in the answer, each with its
    sentence. Refuses: Forbidden, Unreadable.
    """
    require_work(by)
    tally = Tally()
    for some in batched(reading.lines(source, reading.read(source)), importing.BATCH):
        with transaction.atomic():
            importing.write(tally.sort_out(some), tally, by=by, at=at)
        if on_batch is not None:
            on_batch(tally)
    keeping.heal(by.organisation_id)
    journal.record(what="client.imported", by=by, at=at, detail=dict(tally.counts))
    return tally


def prepare_import(*, source: BinaryIO, file_name: str, by: Actor, at: datetime) -> int:
    """The file is kept and has been looked at; no client is written. The import's id is returned.

    Refuses: Forbidden, Unreadable.
    """
    require_work(by)
    found, tally, sample = reading.read(source), Tally(), list[Row]()
    for some in batched(reading.lines(source, found), importing.BATCH):
        rows = tally.sort_out(some)
        importing.foresee(rows, tally, organisation_id=by.organisation_id)
        sample += rows[: SAMPLE - len(sample)]
    row = ClientImport(
        organisation_id=by.organisation_id, file_name=file_name[-200:], by_user_id=by.user_id, by_name=by.name,
        by_role=by.role, created_at=at, reading=found.said() | {"sample": [one.shown() for one in sample]},
        foreseen=tally.counts, total=tally.total, problems=tally.problems,
    )  # fmt: skip
    source.seek(0)
    row.file.save(f"{by.organisation_id}.csv", File(source), save=False)
    try:
        row.save(force_insert=True)
    except BaseException:
        row.file.delete(save=False)
        raise
    return row.pk


def confirm_import(*, import_id: int, by: Actor, at: datetime) -> None:
    """The rounds will run it, from where it stands. Refuses: Forbidden, Missing, ForbiddenMove."""
    _move(import_id, ImportState.WAITING, what="client.import-confirmed", by=by, at=at)


def abandon_import(*, import_id: int, by: Actor, at: datetime) -> None:
    """Nothing more will be written, and the file is gone. Refuses: Forbidden, Missing, ForbiddenMove."""
    forget_file(_move(import_id, ImportState.ABANDONED, what="client.import-abandoned", by=by, at=at))


def forget_file(row: ClientImport) -> None:
    """The file and the lines shown of it are gone: the clients are in the base, or will not be."""
    row.file.delete(save=False)
    row.reading = {name: value for name, value in row.reading.items() if name != "sample"}
    row.save(update_fields=["file", "reading"])


@transaction.atomic
def _move(import_id: int, state: ImportState, *, what: str, by: Actor, at: datetime) -> ClientImport:
    require_work(by)
    rows = ClientImport.objects.select_for_update().filter(organisation_id=by.organisation_id)
    row = rows.filter(pk=import_id).first()
    if row is None:
        raise Missing(_("Cet import n’existe pas."))
    check_move(row.state, state)
    row.state, row.failure = state, ""
    row.save(update_fields=["state", "failure"])
    journal.record(what=what, by=by, at=at, detail={"import": row.pk})
    return row
