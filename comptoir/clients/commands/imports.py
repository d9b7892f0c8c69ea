"""Import clients from a file: straight away (command line), or looked at first and left to the background rounds."""

from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import batched
from typing import Any, BinaryIO, cast

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid, Missing, Refusal, refuse_all
from comptoir.base.speaking import in_house
from comptoir.clients import importing, keeping, reading
from comptoir.clients.headers import NEEDED
from comptoir.clients.importable import Row
from comptoir.clients.models import ClientImport
from comptoir.clients.perimeter import require_work
from comptoir.clients.states import ForbiddenMove, ImportState, check_move
from comptoir.clients.tally import Tally
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor

SAMPLE = 6  # lines shown by the preview
SHOWN = frozenset({"sample", "first"})  # what the reading holds of people
Progress = Callable[[Tally], object]


class MissingColumns(Refusal):
    """No column of the file is taken for one that every client needs."""

    code = "missing-columns"


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

    A column that it needs may be missing: then a person says which it is (`choose_columns`). Refuses: Forbidden,
    Unreadable.
    """
    require_work(by)
    looked_at = _look(source, by=by)
    row = ClientImport(
        organisation_id=by.organisation_id, file_name=file_name[-200:], by_user_id=by.user_id, by_name=by.name,
        by_role=by.role, created_at=at, **looked_at,
    )  # fmt: skip
    source.seek(0)
    suffix = reading.XLSX if looked_at["reading"]["is_workbook"] else "csv"
    row.file.save(f"{by.organisation_id}.{suffix}", File(source), save=False)
    try:
        row.save(force_insert=True)
    except BaseException:
        row.file.delete(save=False)
        raise
    return row.pk


def choose_columns(*, import_id: int, columns: Mapping[str, int], by: Actor) -> None:
    """The file is read again with these columns (ours → its place, from 0), and no other; nothing is written.

    Refuses: Forbidden, Missing, Several (a needed column without a place), ForbiddenMove (it was confirmed meanwhile),
    Unreadable.
    """
    row = _own_import(import_id, by=by)
    check_move(row.state, ImportState.WAITING)
    refuse_all([Invalid(_("Choisissez la colonne qui le dit."), field=name) for name in NEEDED if name not in columns])
    with row.file.open("rb") as kept:
        looked_at = _look(cast(BinaryIO, kept), by=by, chosen=columns)
    mine = ClientImport.objects.filter(pk=row.pk, state=ImportState.PREVIEWED)
    if not mine.update(**looked_at):
        row.refresh_from_db()
        raise ForbiddenMove(
            _("Cet import n’attend plus d’être vérifié\u00a0: %(state)s.") % {"state": row.get_state_display()}
        )


@in_house  # its problems are kept
def _look(source: BinaryIO, *, by: Actor, chosen: Mapping[str, int] | None = None) -> dict[str, Any]:
    """The columns of an import that say how a file is read, and what it would do."""
    found, tally, sample = reading.read(source, chosen=chosen, partly=True), Tally(), list[Row]()
    for some in batched(() if found.missing else reading.lines(source, found), importing.BATCH):
        rows = tally.sort_out(some)
        importing.foresee(rows, tally, organisation_id=by.organisation_id)
        sample += rows[: SAMPLE - len(sample)]
    said = found.said() | {"sample": [one.shown() for one in sample], "chosen": chosen}
    return {"reading": said, "foreseen": tally.counts, "total": tally.total, "problems": tally.problems}


def confirm_import(*, import_id: int, by: Actor, at: datetime) -> None:
    """The rounds will run it, from where it stands. Refuses: Forbidden, Missing, ForbiddenMove, MissingColumns."""
    if _own_import(import_id, by=by).reading.get("missing"):
        raise MissingColumns(_("Dites d’abord quelles colonnes donnent l’identifiant et la raison sociale."))
    _move(import_id, ImportState.WAITING, what="client.import-confirmed", by=by, at=at)


def abandon_import(*, import_id: int, by: Actor, at: datetime) -> None:
    """Nothing more will be written, and the file is gone. Refuses: Forbidden, Missing, ForbiddenMove."""
    forget_file(_move(import_id, ImportState.ABANDONED, what="client.import-abandoned", by=by, at=at))


def forget_file(row: ClientImport) -> None:
    """The file and the lines shown of it are gone: the clients are in the base, or will not be."""
    row.file.delete(save=False)
    row.reading = {name: value for name, value in row.reading.items() if name not in SHOWN}
    row.save(update_fields=["file", "reading"])


def _own_import(import_id: int, *, by: Actor, lock: bool = False) -> ClientImport:
    require_work(by)
    rows = ClientImport.objects.filter(organisation_id=by.organisation_id, pk=import_id)
    row = (rows.select_for_update() if lock else rows).first()
    if row is None:
        raise Missing(_("Cet import n’existe pas."))
    return row


@transaction.atomic
def _move(import_id: int, state: ImportState, *, what: str, by: Actor, at: datetime) -> ClientImport:
    row = _own_import(import_id, by=by, lock=True)
    check_move(row.state, state)
    row.state, row.failure = state, ""
    row.save(update_fields=["state", "failure"])
    journal.record(what=what, by=by, at=at, detail={"import": row.pk})
    return row
