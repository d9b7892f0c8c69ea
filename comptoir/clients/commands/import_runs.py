"""The background round of imports: runs what was confirmed, a batch at a time, and goes on after any cut."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import batched, islice
from time import monotonic
from typing import BinaryIO, cast

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from comptoir.base.errors import Refusal
from comptoir.base.outcome import Outcome
from comptoir.clients import importing, keeping, reading
from comptoir.clients.commands.imports import forget_file
from comptoir.clients.csv_files import Unreadable
from comptoir.clients.models import ClientImport
from comptoir.clients.reading import Line
from comptoir.clients.states import ImportState
from comptoir.clients.tally import Tally
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor

HOLD = timedelta(minutes=2)  # how long a worker that says nothing keeps a run
Clock = Callable[[], datetime]


class TakenOver(Refusal):
    """Another worker goes on with this import; this one stops."""

    code = "import-taken-over"


def run_due(*, at: datetime, limit: int) -> Outcome[int]:
    """The imports that were confirmed are run; one that was cut goes on after its last whole batch."""
    outcome: Outcome[int] = Outcome()
    free = Q(state=ImportState.WAITING) | Q(state=ImportState.RUNNING, held_until__lte=at)
    for row in ClientImport.objects.filter(free).order_by("pk")[:limit]:
        try:
            _run(row, clock=_clock(at))
        except TakenOver as refusal:
            outcome.skip(str(row.pk), refusal)
        else:
            outcome.done.append(row.pk)
    return outcome


def _clock(at: datetime) -> Clock:
    """The door's moment, moved on by a clock that no change of the system's time touches."""
    began = monotonic()
    return lambda: at + timedelta(seconds=monotonic() - began)


def _run(row: ClientImport, *, clock: Clock) -> None:
    at = clock()
    free = ClientImport.objects.filter(pk=row.pk, state=row.state, held_until=row.held_until)
    row.started_at = row.started_at or at
    if not free.update(state=ImportState.RUNNING, held_until=at + HOLD, started_at=row.started_at):
        raise TakenOver(_("Un autre traitement a pris cet import."))
    by = Actor(row.organisation_id, row.by_name, row.by_user_id, role=row.by_role)
    try:
        with row.file.open("rb") as kept:
            source = cast(BinaryIO, kept)
            found = reading.read(source, chosen=row.reading.get("chosen"))
            rest = islice(reading.lines(source, found), row.position, None)
            for some in batched(rest, importing.BATCH):
                _step(row, some, by=by, at=clock())
    except OSError:
        _end(row, ImportState.FAILED, by=by, at=clock(), failure=_("Le fichier déposé ne se lit plus."))
    except Unreadable as refusal:
        _end(row, ImportState.FAILED, by=by, at=clock(), failure=refusal.sentence)
    else:
        keeping.heal(row.organisation_id)
        _end(row, ImportState.DONE, by=by, at=clock())
        forget_file(row)


def _step(row: ClientImport, some: Sequence[Line], *, by: Actor, at: datetime) -> None:
    """One batch and where the file stands, in one transaction: cut anywhere, no line is lost nor done twice."""
    tally = Tally(problems=list(row.problems) if row.position else [])
    with transaction.atomic():
        if not _still_ours(row, len(some), at):
            raise TakenOver(_("Un autre traitement a pris cet import."))
        importing.write(tally.sort_out(some), tally, by=by, at=at)
        row.created, row.changed = row.created + tally.created, row.changed + tally.changed
        row.unchanged, row.skipped = row.unchanged + tally.unchanged, row.skipped + tally.refused
        row.problems = tally.problems
        row.save(update_fields=["created", "changed", "unchanged", "skipped", "problems"])
    row.position += len(some)


def _still_ours(row: ClientImport, count: int, at: datetime) -> bool:
    """Move the file's place on, if it is where this worker left it."""
    mine = ClientImport.objects.filter(pk=row.pk, state=ImportState.RUNNING, position=row.position)
    return bool(mine.update(position=row.position + count, held_until=at + HOLD))


@transaction.atomic
def _end(row: ClientImport, state: ImportState, *, by: Actor, at: datetime, failure: str = "") -> None:
    row.state, row.failure, row.finished_at, row.held_until = state, failure[:300], at, None
    row.save(update_fields=["state", "failure", "finished_at", "held_until"])
    counts = {"created": row.created, "changed": row.changed, "unchanged": row.unchanged, "refused": row.skipped}
    what = "client.imported" if state == ImportState.DONE else "client.import-failed"
    journal.record(what=what, by=by, at=at, detail={"import": row.pk, **counts})
