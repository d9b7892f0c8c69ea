"""A run is carried to its end, batch by batch; cut anywhere, the next worker takes it up (B17, T05, T06).

Each batch: files read, one transaction (everything or nothing), then the files moved to ARCHIVES. Whatever a cut
leaves undone is written in the rows: requests still claimed, files still to archive, mails not queued, report owed.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction
from django.db.models import Q, QuerySet

from comptoir.base.outcome import Outcome
from comptoir.integration.commands import finishing
from comptoir.integration.commands.checking import check_files
from comptoir.integration.commands.placing import place, release
from comptoir.integration.models import Run
from comptoir.integration.reading import FIELDS, FILE_FIELDS
from comptoir.integration.states import RunState
from comptoir.organisations.actors import Actor
from comptoir.preregistrations.commands import archiving
from comptoir.preregistrations.models import Request
from comptoir.preregistrations.states import RequestState

BATCH = 250
HOLD = timedelta(seconds=60)  # a worker that says nothing for so long is dead
type Clock = Callable[[], datetime]


def advance_due(*, at: datetime, limit: int = 10) -> Outcome[str]:
    """Every run that waits, or whose worker died, is carried to its end; answers their references (a round)."""
    outcome: Outcome[str] = Outcome()
    free = Q(state=RunState.WAITING) | Q(state=RunState.RUNNING, held_until__lte=at)
    for run_id in list(Run.objects.filter(free).order_by("pk").values_list("pk", flat=True)[:limit]):
        began = monotonic()  # the run's clock starts from the door's `at`; a step of the system clock does not touch it

        def clock(began: float = began) -> datetime:
            return at + timedelta(seconds=monotonic() - began)

        if work(run_id, clock=clock):
            outcome.done.append(str(run_id))
    return outcome


def work(run_id: int, *, clock: Clock, on_batch: Callable[[], object] = lambda: None) -> bool:
    """The run is finished, unless another worker holds it; answers whether this call did the work."""
    if not _hold(run_id, at=clock(), first=True):
        return False
    run = Run.objects.select_related("organisation").get(pk=run_id)
    by = Actor(run.organisation_id, run.by_name, run.by_user_id)
    while _batch(run, by=by, at=clock()):
        on_batch()
        if not _hold(run_id, at=clock(), first=False):
            return False
    archiving.archive_owed(run.organisation)
    finishing.finish(run, by=by, at=clock())
    return True


def _hold(run_id: int, *, at: datetime, first: bool) -> bool:
    """Take the run, or keep it; False when it is finished, or somebody else's."""
    free = Q(state=RunState.WAITING) | Q(state=RunState.RUNNING, held_until__lte=at)
    mine = free if first else Q(state=RunState.RUNNING)
    rows = Run.objects.filter(mine, pk=run_id)
    if not rows.update(state=RunState.RUNNING, held_until=at + HOLD):
        return False
    Run.objects.filter(pk=run_id, started_at=None).update(started_at=at)
    return True


def _batch(run: Run, *, by: Actor, at: datetime) -> bool:
    """The next requests of the run are integrated and their files archived; False when none is left."""
    checked = check_files(run.organisation, list(_claimed(run)), at=at)
    with transaction.atomic():
        still = _locked(run, [request.pk for request in checked.sound])
        placed = [request for request in checked.sound if request.pk in still]
        if placed:
            place(run, placed, by=by, at=at)
        if checked.refused:
            release(run, checked.refused)
    archiving.archive(run.organisation, {request.pk: request.file.name for request in placed})
    return bool(checked.sound or checked.refused)


def _claimed(run: Run) -> QuerySet[Request]:
    """The next batch. Nobody corrects a claimed request, so what is read here still holds under the lock."""
    rows = Request.objects.filter(organisation_id=run.organisation_id, claim=run.reference, state=RequestState.PENDING)
    return rows.only(*FIELDS, *FILE_FIELDS).select_related("file").order_by("pk")[:BATCH]


def _locked(run: Run, ids: list[int]) -> set[int]:
    """Those of them still waiting, locked: what another worker placed meanwhile is no longer among them."""
    rows = Request.objects.select_for_update().filter(pk__in=ids, claim=run.reference, state=RequestState.PENDING)
    return set(rows.order_by("pk").values_list("pk", flat=True))
