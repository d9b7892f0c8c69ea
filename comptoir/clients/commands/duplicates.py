"""Duplicates of clients: scans are asked for, and a pair that a person says is none is remembered (G3)."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from itertools import combinations
from time import monotonic

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid, Refusal
from comptoir.base.outcome import Outcome
from comptoir.clients import scanning
from comptoir.clients.models import DuplicateScan, RefusedPair, Suspicion, ToCompare
from comptoir.clients.perimeter import own_client, require_work
from comptoir.clients.states import ScanState
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor, system

HOLD = timedelta(minutes=5)  # how long a worker that says nothing keeps a scan
Clock = Callable[[], datetime]


class ScanTakenOver(Refusal):
    """Another worker does this scan; this one stops."""

    code = "scan-taken-over"


@transaction.atomic
def refuse_pair(*, left_id: int, right_id: int, by: Actor, at: datetime) -> None:
    """These two are two clients, from either side: the pair is gone, and no scan finds it again. Twice: nothing new.

    Refuses: Forbidden, Missing, Invalid (a client with itself).
    """
    if left_id == right_id:
        raise Invalid(_("C’est deux fois le même client."), field="right_id")
    first, second = (own_client(one, by=by) for one in sorted((left_id, right_id)))
    who = {"organisation_id": by.organisation_id, "refused_at": at, "refused_by_id": by.user_id}
    _row, is_new = RefusedPair.objects.get_or_create(left=first, right=second, defaults=who)
    Suspicion.objects.filter(left=first, right=second).delete()
    if is_new:
        about = f"{first.number} ≠ {second.number}"
        journal.record(what="client.pair-refused", about=about, by=by, at=at)


@transaction.atomic
def refuse_pairs(*, client_ids: Collection[int], by: Actor, at: datetime) -> None:
    """Each of these is a client of its own: every pair of them is refused, or none. Refuses: Forbidden, Missing,
    Invalid (fewer than two).
    """
    ids = sorted(set(client_ids))
    if len(ids) < 2:
        raise Invalid(_("Choisissez au moins deux fiches."), field="fiche")
    for left_id, right_id in combinations(ids, 2):
        refuse_pair(left_id=left_id, right_id=right_id, by=by, at=at)


@transaction.atomic
def allow_pair(*, left_id: int, right_id: int, by: Actor, at: datetime) -> None:
    """The refusal is forgotten, and the next scan compares them again. Refuses: Forbidden, Missing."""
    first, second = (own_client(one, by=by) for one in sorted((left_id, right_id)))
    forgotten, _rows = RefusedPair.objects.filter(left=first, right=second).delete()
    if forgotten:
        ToCompare.objects.create(organisation_id=by.organisation_id, client=first)
        about = f"{first.number} = {second.number}"
        journal.record(what="client.pair-allowed", about=about, by=by, at=at)


@transaction.atomic
def ask_scan(*, by: Actor, at: datetime, whole: bool = False) -> int:
    """The rounds will look for duplicates; the scan's id is returned. One is already due or under way: that one.

    What changed since the last one is compared, and everything the first time or when `whole`. Refuses: Forbidden.
    """
    require_work(by)
    rows = DuplicateScan.objects.filter(organisation_id=by.organisation_id)
    is_whole = whole or not rows.filter(is_whole=True, state=ScanState.DONE).exists()
    open_scans = rows.exclude(state=ScanState.DONE)
    scan, is_new = open_scans.get_or_create(
        organisation_id=by.organisation_id, defaults={"is_whole": is_whole, "created_at": at}
    )
    if is_new:
        journal.record(what="client.scan-asked", by=by, at=at, detail={"scan": scan.pk, "whole": is_whole})
    return scan.pk


def scan(*, organisation_id: int, at: datetime, whole: bool = False) -> DuplicateScan:
    """Look for duplicates now; the scan as it ended. Everything the first time or when `whole`, else what changed."""
    by = system(organisation_id)
    row = DuplicateScan.objects.get(pk=ask_scan(by=by, at=at, whole=whole))
    _run(row, clock=_clock(at))
    return row


def scan_due(*, at: datetime, limit: int) -> Outcome[int]:
    """The scans that were asked for are done; one whose worker is gone begins again."""
    outcome: Outcome[int] = Outcome()
    free = Q(state=ScanState.WAITING) | Q(state=ScanState.RUNNING, held_until__lte=at)
    for row in DuplicateScan.objects.filter(free).order_by("pk")[:limit]:
        try:
            _run(row, clock=_clock(at))
        except ScanTakenOver as refusal:
            outcome.skip(str(row.pk), refusal)
        else:
            outcome.done.append(row.pk)
    return outcome


def _clock(at: datetime) -> Clock:
    """The door's moment, moved on by a clock that no change of the system's time touches."""
    began = monotonic()
    return lambda: at + timedelta(seconds=monotonic() - began)


def _run(row: DuplicateScan, *, clock: Clock) -> None:
    at = clock()
    free = DuplicateScan.objects.filter(pk=row.pk, state=row.state, held_until=row.held_until)
    row.state, row.held_until, row.started_at = ScanState.RUNNING, at + HOLD, row.started_at or at
    if not free.update(state=row.state, held_until=row.held_until, started_at=row.started_at):
        raise ScanTakenOver(_("Un autre traitement a pris cette recherche."))

    def step(position: int, total: int) -> None:
        row.position, row.total, row.held_until = position, total, clock() + HOLD
        row.save(update_fields=["position", "total", "held_until"])

    if row.is_whole:
        found = scanning.whole(row.organisation_id, step=step)
    else:
        whole = DuplicateScan.objects.filter(organisation_id=row.organisation_id, is_whole=True, state=ScanState.DONE)
        last = whole.order_by("-pk").first()
        found = scanning.changed(row.organisation_id, total=last.total if last else 0, step=step)
    row.state, row.finished_at, row.held_until = ScanState.DONE, clock(), None
    row.certain, row.probable = found["certain"], found["probable"]
    row.save(update_fields=["state", "finished_at", "held_until", "certain", "probable"])
