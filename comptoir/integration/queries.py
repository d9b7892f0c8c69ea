"""The assistant's tables: requests with their client, the dry run, runs and their progress."""

import os
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from comptoir.base.errors import Missing
from comptoir.bookings.seats import Allotment
from comptoir.integration.models import Run, RunLine
from comptoir.integration.plan import Destination, plan
from comptoir.integration.reading import FIELDS, Recognised, candidates, closed_because, recognise
from comptoir.integration.states import Method, Place, RunState
from comptoir.organisations.actors import Actor
from comptoir.organisations.models import Organisation
from comptoir.preregistrations.folder import spool_of
from comptoir.preregistrations.models import Request, RequestLine
from comptoir.preregistrations.queries import intake
from comptoir.spool import disk

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Row:
    """One waiting request as the assistant shows it."""

    request: Request
    lines: Sequence[RequestLine]
    client: Recognised


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One line of the dry run."""

    request: Request
    lines: Sequence[RequestLine]
    client: Recognised
    destination: Destination


@dataclass(frozen=True)
class Progress:
    """How far a run is. `left` = total − done − skipped."""

    total: int
    done: int
    skipped: int
    by_place: dict[str, int]

    @property
    def left(self) -> int:
        """Requests still to come."""
        return max(0, self.total - self.done - self.skipped)

    @property
    def percent(self) -> int:
        """Whole per cent of requests handled."""
        return 100 * (self.done + self.skipped) // self.total if self.total else 100


def rows(requests: Sequence[Request], *, organisation_id: int) -> list[Row]:
    """These requests with participants and recognised client: constant queries for a page (B5, B6)."""
    lines = intake.lines_of([request.pk for request in requests])
    known = recognise(requests, organisation_id=organisation_id)
    return [Row(request, lines.get(request.pk, ()), known[request.pk]) for request in requests]


def dry_run(
    *, method: str, request_ids: Collection[int] | None = None, seen_by: Actor, at: datetime
) -> Iterator[PlannedRow]:
    """Where each waiting request would go, and why; nothing is written (B17). Same rule, same order as the run."""
    if not seen_by.works_intake:
        return
    seats = _SeatsSeen()
    for requests in _chunks(request_ids, seen_by=seen_by):
        lines = intake.lines_of([request.pk for request in requests])
        known = recognise(requests, organisation_id=seen_by.organisation_id)
        sessions = {line.session_id: line.session for group in lines.values() for line in group}
        seats.see(sessions)
        closed = {pk: closed_because(session, at=at) for pk, session in sessions.items()}
        found = plan(candidates(requests, known, lines, closed), Method(method), seats)
        for request, destination in zip(requests, found, strict=True):
            yield PlannedRow(request, lines.get(request.pk, ()), known[request.pk], destination)


def counts(*, request_ids: Collection[int] | None = None, seen_by: Actor, at: datetime) -> dict[Method, Counter[Place]]:
    """For each method, how many requests would go where: the live figures beside the three choices."""
    found: dict[Method, Counter[Place]] = {method: Counter() for method in Method}
    seats = {method: _SeatsSeen() for method in Method}
    for requests in _chunks(request_ids, seen_by=seen_by):
        lines = intake.lines_of([request.pk for request in requests])
        known = recognise(requests, organisation_id=seen_by.organisation_id)
        sessions = {line.session_id: line.session for group in lines.values() for line in group}
        closed = {pk: closed_because(session, at=at) for pk, session in sessions.items()}
        ready = candidates(requests, known, lines, closed)
        for method in Method:
            seats[method].see(sessions)
            found[method].update(one.place for one in plan(ready, method, seats[method]))
    return found


class _SeatsSeen:
    """Seats counted once per session, then taken in memory across the whole dry run."""

    def __init__(self) -> None:
        self._known: dict[int, Allotment] = {}

    def see(self, session_ids: Collection[int]) -> None:
        new = set(session_ids) - self._known.keys()
        if new:
            counted = Allotment.of(new)
            self._known.update(dict.fromkeys(new, counted))

    def take(self, session_id: int, seat_type_ids: Sequence[int | None]) -> bool:
        return self._known[session_id].take(session_id, seat_type_ids)


def _chunks(request_ids: Collection[int] | None, *, seen_by: Actor) -> Iterator[list[Request]]:
    ids = None if request_ids is None else sorted(request_ids)
    last = 0
    while True:
        some = None if ids is None else ids[bisect_right(ids, last) :][: intake.CHUNK]
        ready = intake.ready(organisation_id=seen_by.organisation_id, ids=some).filter(pk__gt=last)
        ready = ready.only(*FIELDS).order_by("pk")
        chunk = list(ready[:CHUNK])
        if chunk:
            yield chunk
        last = chunk[-1].pk if len(chunk) == CHUNK else some[-1] if some else 0
        if not last:
            return


def runs(*, seen_by: Actor) -> QuerySet[Run]:
    """The organisation's runs, newest first, with how many requests each placed and skipped."""
    if not seen_by.works_intake:
        return Run.objects.none()
    return (
        Run.objects.filter(organisation_id=seen_by.organisation_id)
        .annotate(placed=_lines_of(~Q(place=Place.SKIPPED)), left_aside=_lines_of(Q(place=Place.SKIPPED)))
        .order_by("-pk")
    )


def _lines_of(which: Q) -> Coalesce:
    """How many lines of the run are such; counted for the rows that are shown, not for every run there ever was."""
    rows = RunLine.objects.filter(which, run=OuterRef("pk")).order_by().values("run")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


def run(reference: str, *, seen_by: Actor) -> Run:
    """One run of the reader's organisation. Refuses: Missing."""
    rows = Run.objects.filter(organisation_id=seen_by.organisation_id, reference=reference)
    found = rows.select_related("sales_rep__user", "territory", "level").first()
    if found is None or not seen_by.works_intake:
        raise Missing(_("Cette intégration n’existe pas."))
    return found


def in_progress(*, seen_by: Actor) -> QuerySet[Run]:
    """Runs not finished: found again from Accueil."""
    return runs(seen_by=seen_by).exclude(state=RunState.FINISHED)


def progress(found: Run) -> Progress:
    """How far it is, in one query."""
    by_place = dict(RunLine.objects.filter(run=found).values_list("place").order_by().annotate(n=Count("pk")))
    skipped = by_place.get(Place.SKIPPED, 0)
    return Progress(found.total, sum(by_place.values()) - skipped, skipped, by_place)


def lines(found: Run, *, place: str = "") -> QuerySet[RunLine]:
    """A run's lines in order, with request, booking and deal; only those that went to `place`, when given."""
    rows = RunLine.objects.filter(run=found)
    if place:
        rows = rows.filter(place=place)
    return rows.select_related("request", "booking", "deal").order_by("pk")


def line_of(request_id: int, *, seen_by: Actor) -> RunLine | None:
    """Where a request went at last, with its run; None when no run has handled it."""
    if not seen_by.works_intake:
        return None
    rows = RunLine.objects.filter(request=request_id, run__organisation_id=seen_by.organisation_id)
    return rows.select_related("run", "booking", "deal").order_by("-pk").first()


def given_to(client_id: int, *, seen_by: Actor) -> QuerySet[RunLine, int]:
    """The ids of the requests whose bookings or deals are this client's; ready to be part of another query."""
    rows = RunLine.objects.filter(run__organisation_id=seen_by.organisation_id)
    return rows.filter(Q(booking__client_id=client_id) | Q(deal__client_id=client_id)).values_list(
        "request_id", flat=True
    )


def report(found: Run) -> BinaryIO:
    """The report's PDF, open for reading. Refuses: Missing, when it is not written yet or was taken out of `Résa`."""
    folder = spool_of(Organisation.objects.get(pk=found.organisation_id)).inbox
    try:
        if found.report_name:
            return os.fdopen(disk.open_to_read(folder / found.report_name), "rb")
    except OSError as error:
        raise Missing(_("Le compte rendu n’est plus dans le dossier Résa.")) from error
    raise Missing(_("Le compte rendu n’est pas encore produit."))
