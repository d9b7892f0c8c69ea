"""Duplicates of clients: scans are asked for, and a pair that a person says is none is remembered (G3)."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from itertools import combinations
from time import monotonic

import structlog
from django.db import OperationalError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid, Refusal
from comptoir.base.outcome import Outcome
from comptoir.clients import recognising, scanning
from comptoir.clients.models import DuplicateScan, RefusedPair, Suspicion, ToCompare
from comptoir.clients.perimeter import own_client, require_work
from comptoir.clients.states import OPEN_SCANS, ScanState
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor, system

log = structlog.get_logger(__name__)

MOST_TRIES = 3  # workers that may be killed by one scan: a base too large for the machine must not do so for ever
HOLD = timedelta(minutes=5)  # how long a worker that says nothing keeps a scan
Clock = Callable[[], datetime]


class ScanTakenOver(Refusal):
    """Another worker does this scan; this one stops."""

    code = "scan-taken-over"


class ScanFailed(Refusal):
    """The scan ended before its end; what it had not yet replaced is as the last one left it. It can be asked again."""

    code = "scan-failed"


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

    What changed since the last one is compared, and everything the first time, when `whole`, or when a whole one has
    just failed. Refuses: Forbidden.
    """
    require_work(by)
    rows = DuplicateScan.objects.filter(organisation_id=by.organisation_id)
    last = rows.order_by("-pk").first()
    to_do_again = last is not None and last.state == ScanState.FAILED and last.is_whole
    is_whole = whole or to_do_again or not rows.filter(is_whole=True, state=ScanState.DONE).exists()
    scan, is_new = rows.filter(state__in=OPEN_SCANS).get_or_create(
        organisation_id=by.organisation_id, defaults={"is_whole": is_whole, "created_at": at}
    )
    if is_new:
        journal.record(what="client.scan-asked", by=by, at=at, detail={"scan": scan.pk, "whole": is_whole})
    return scan.pk


def scan(*, organisation_id: int, at: datetime, whole: bool = False) -> DuplicateScan:
    """Look for duplicates now; the scan as it ended. Everything the first time or when `whole`, else what changed.

    Refuses: ScanTakenOver, ScanFailed.
    """
    by = system(organisation_id)
    row = DuplicateScan.objects.get(pk=ask_scan(by=by, at=at, whole=whole))
    _run(row, clock=_clock(at))
    return row


def scan_due(*, at: datetime, limit: int) -> Outcome[int]:
    """The scans that were asked for are done or failed; one whose worker is gone begins again, a few times."""
    outcome: Outcome[int] = Outcome()
    free = Q(state=ScanState.WAITING) | Q(state=ScanState.RUNNING, held_until__lte=at)
    for row in DuplicateScan.objects.filter(free).order_by("pk")[:limit]:
        try:
            _run(row, clock=_clock(at))
        except (ScanTakenOver, ScanFailed) as refusal:
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
    row.tries += 1
    if not free.update(state=row.state, held_until=row.held_until, started_at=row.started_at, tries=row.tries):
        raise ScanTakenOver(_("Un autre traitement a pris cette recherche."))
    if row.tries > MOST_TRIES:
        raise _failed(row, _("Elle a été coupée %(n)d fois avant la fin.") % {"n": MOST_TRIES}, at=at)

    def step(position: int, total: int) -> None:
        row.position, row.total, row.held_until = position, total, clock() + HOLD
        row.save(update_fields=["position", "total", "held_until"])

    try:
        if row.is_whole:
            found = scanning.whole(row.organisation_id, step=step)
        else:
            found = scanning.changed(row.organisation_id, total=recognising.total(row.organisation_id), step=step)
    except OperationalError:  # the database is away, or held: taken up again later, a few times
        raise
    except Exception as error:
        log.exception("scan_of_clients_failed", scan=row.pk, organisation=row.organisation_id)
        sentence = _("Une erreur l’a arrêtée (%(kind)s)\u00a0: elle est au journal du serveur.")
        raise _failed(row, sentence % {"kind": type(error).__name__}, at=clock()) from error
    row.state, row.finished_at, row.held_until = ScanState.DONE, clock(), None
    row.certain, row.probable = found["certain"], found["probable"]
    row.save(update_fields=["state", "finished_at", "held_until", "certain", "probable"])


def _failed(row: DuplicateScan, why: str, *, at: datetime) -> ScanFailed:
    """The scan is failed, with its sentence; what it had found is left as the last whole or partial write left it."""
    row.state, row.finished_at, row.held_until, row.failure = ScanState.FAILED, at, None, why[:300]
    row.save(update_fields=["state", "finished_at", "held_until", "failure"])
    by = system(row.organisation_id)
    journal.record(what="client.scan-failed", by=by, at=at, detail={"scan": row.pk, "whole": row.is_whole})
    return ScanFailed(_("La recherche de doublons s’est arrêtée. %(why)s") % {"why": why})
