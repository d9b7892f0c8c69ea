"""The dry run kept for a moment, so that paging through ten thousand lines does not plan them again each time.

Kept in this process only, and only while the journal has no new line: it spares time and never decides. The run plans
afresh, under lock.
"""

import threading
from collections import Counter, OrderedDict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language

from comptoir.integration import queries
from comptoir.integration.drafts import Standing
from comptoir.integration.queries import Row
from comptoir.integration.states import Method, Place
from comptoir.journal import queries as journal
from comptoir.organisations.actors import Actor
from comptoir.preregistrations.queries import intake
from comptoir.web.desk.intake.shown import Shown, Wanted

MOST_KEPT = 6
type Counts = dict[Method, Counter[Place]]


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """Where one request would go, and why."""

    request_id: int
    place: Place
    reason: str


@dataclass(frozen=True)
class Rehearsal:
    """The dry run of a whole selection."""

    lines: tuple[PlannedLine, ...]
    at: datetime

    @property
    def tally(self) -> Counter[Place]:
        """How many requests go where."""
        return Counter(line.place for line in self.lines)

    def going(self, place: str) -> tuple[PlannedLine, ...]:
        """The lines that go to one place; all of them for ''."""
        return tuple(line for line in self.lines if not place or line.place == place)


@dataclass(frozen=True)
class ShownLine:
    """One line of the dry run with its request, participants and client."""

    row: Row
    place: Place
    reason: str

    @property
    def sessions(self) -> list[Wanted]:
        """The sessions asked for, each with its people."""
        return Shown(self.row).sessions


def rehearse(standing: Standing, *, ready: int, seen_by: Actor, at: datetime) -> Rehearsal:
    """The dry run of this choice, by the rule of the run. `ready`: how many requests it is about."""
    key = ("plan", standing.method, standing.request_ids, ready, *_world(seen_by, at))
    found: Rehearsal = _kept(key, lambda: _rehearsed(standing, seen_by, at))
    return found


def count(standing: Standing, *, ready: int, seen_by: Actor, at: datetime) -> Counts:
    """What each of the three methods would do with this choice."""
    key = ("counts", standing.request_ids, ready, *_world(seen_by, at))
    found: Counts = _kept(key, lambda: queries.counts(request_ids=standing.request_ids, seen_by=seen_by, at=at))
    return found


def with_requests(lines: tuple[PlannedLine, ...], *, seen_by: Actor) -> list[ShownLine]:
    """The lines of one page, ready to be shown; what was taken meanwhile is left out."""
    found = intake.waiting(seen_by=seen_by).filter(pk__in=[line.request_id for line in lines])
    rows = {row.request.pk: row for row in queries.rows(list(found), organisation_id=seen_by.organisation_id)}
    return [ShownLine(rows[one.request_id], one.place, one.reason) for one in lines if one.request_id in rows]


def _rehearsed(standing: Standing, seen_by: Actor, at: datetime) -> Rehearsal:
    planned = queries.dry_run(method=standing.method, request_ids=standing.request_ids, seen_by=seen_by, at=at)
    lines = (PlannedLine(one.request.pk, one.destination.place, one.destination.reason) for one in planned)
    return Rehearsal(tuple(lines), at)


def _world(seen_by: Actor, at: datetime) -> tuple[Any, ...]:
    """What a plan depends on: the organisation, the day, everything that was done so far; and its reasons' language."""
    mark = journal.mark(organisation_id=seen_by.organisation_id)
    return (seen_by.organisation_id, at.date(), mark, get_language())


_shelf: OrderedDict[Any, Any] = OrderedDict()
_lock = threading.Lock()


def _kept(key: Any, make: Any) -> Any:
    with _lock:
        if key in _shelf:
            _shelf.move_to_end(key)
            return _shelf[key]
    made = make()
    with _lock:
        _shelf[key] = made
        while len(_shelf) > MOST_KEPT:
            _shelf.popitem(last=False)
    return made
