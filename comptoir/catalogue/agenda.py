"""Reads of the planning: the sessions of a span of days, when each meets, what clashes. Constant queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from comptoir.catalogue import queries
from comptoir.catalogue.conflicts import Clash, ClientsOf, Sitting, clashes, holidays_met, room_of, with_clients
from comptoir.catalogue.models import Session, Slot, Trainer
from comptoir.catalogue.states import SessionKind, SessionState, Shared
from comptoir.organisations.actors import Actor

FARTHEST_ZONE = timedelta(hours=14)  # a day somewhere starts or ends that far from the same day in UTC
Held = tuple[datetime, datetime, str]  # from when to when, and its room, '' for the session's own place
_SHOWN = (
    "reference", "state", "kind", "starts_on", "ends_on", "begins_at", "time_zone", "place", "city", "is_remote",
    "activity__title",
)  # fmt: skip
_READ = ("session_id", "starts_at", "ends_at", "place", "session__place", "session__city", "session__kind")


@dataclass
class Meeting:
    """One session on one day: from when to when on the wall there, '' where no slot says it; its room."""

    session: Session
    on: date
    hours: list[tuple[datetime, datetime]] = field(default_factory=list)
    room: str = ""


@dataclass(frozen=True)
class Agenda:
    """A span of days: the meetings of each, in order, and the ids of sessions that clash with another in that span."""

    meetings: dict[date, list[Meeting]]
    clashing: frozenset[int]
    trainers: dict[int, list[str]]
    count: int


@dataclass(frozen=True)
class Warned:
    """One conflict, to be said: with which session (None: out of the reader's perimeter), or on which holiday.

    `client_id` is not a name: whoever says it asks whether the reader may see clients.
    """

    shared: Shared
    starts_at: datetime | None = None
    other: Session | None = None
    trainer: str = ""
    client_id: int | None = None
    on: date | None = None
    holiday: str = ""


def agenda(first: date, last: date, found: QuerySet[Session], *, clients_of: ClientsOf, seen_by: Actor) -> Agenda:
    """These days of `found`, already within the perimeter; clashes are sought in the whole organisation."""
    found = found.select_related(None).select_related("activity").defer(None).only(*_SHOWN)
    shown = {one.pk: one for one in found}
    rows = list(_slots(seen_by, first, last))
    by_session, names = trainers_of({row[0] for row in rows} | shown.keys())
    held = with_clients(_sittings(rows, by_session), clients_of)
    clashing = frozenset(one.session_id for one in clashes(held))
    meetings: dict[date, list[Meeting]] = defaultdict(list)
    for one in _meetings(shown, rows, first, last):
        meetings[one.on].append(one)
    for some in meetings.values():
        some.sort(key=lambda one: (one.hours[0][0].time().isoformat() if one.hours else "", one.session.pk))
    taught = {pk: [names[trainer] for trainer in sorted(ids)] for pk, ids in by_session.items() if pk in shown}
    return Agenda(dict(meetings), clashing & shown.keys(), taught, len(shown))


def conflicts(
    session: Session, *, clients_of: ClientsOf, seen_by: Actor, wanted: Sequence[Held] | None = None
) -> list[Warned]:
    """What this session meets: rooms, trainers and clients taken at the same moment, holidays of its place.

    With `wanted`, what it would meet if it were held then and there instead. Refuses nothing.
    """
    if session.state == SessionState.CANCELLED:
        return []
    own = Slot.objects.filter(session=session).order_by("starts_at")
    spans = list(own.values_list("starts_at", "ends_at", "place")) if wanted is None else sorted(wanted)
    if not spans:
        return []
    last = max(end for _start, end, _room in spans)
    rows = _living(seen_by).filter(starts_at__lt=last, ends_at__gt=spans[0][0])
    if wanted is None:
        same = own.order_by().filter(starts_at__lt=OuterRef("ends_at"), ends_at__gt=OuterRef("starts_at"))
        found = list(rows.filter(Exists(same)).values_list(*_READ))
    else:
        others = list(rows.exclude(session=session).values_list(*_READ))
        mine = [(session.pk, *span, session.place, session.city, session.kind) for span in spans]
        found = [*others, *mine]
    days = holidays_met(
        (start for start, _end, _room in spans),
        time_zone=session.time_zone, address=f"{session.address} {session.city}",
    )  # fmt: skip
    return _met(session, found, clients_of, seen_by=seen_by) + [
        Warned(Shared.HOLIDAY, on=day, holiday=name) for day, name in days
    ]


def _met(session: Session, rows: list[tuple[Any, ...]], clients_of: ClientsOf, *, seen_by: Actor) -> list[Warned]:
    by_session, names = trainers_of({session.pk, *(row[0] for row in rows)})
    held = with_clients(_sittings(rows, by_session), clients_of)
    met = [one for one in clashes(held) if one.session_id == session.pk]
    others = queries.sessions(seen_by=seen_by).in_bulk({one.other_id for one in met})
    return [_warned(one, others.get(one.other_id), names) for one in met]


def trainers_of(session_ids: Collection[int]) -> tuple[dict[int, frozenset[int]], dict[int, str]]:
    """Who teaches each session, by id, and their names."""
    links = Session.trainers.through._default_manager.filter(session_id__in=session_ids)
    by_session: dict[int, set[int]] = defaultdict(set)
    names: dict[int, str] = {}
    for session_id, trainer_id, name in links.values_list("session_id", "trainer_id", "trainer__name"):
        by_session[session_id].add(trainer_id)
        names[trainer_id] = name
    return {pk: frozenset(ids) for pk, ids in by_session.items()}, names


def trainers(*, seen_by: Actor) -> QuerySet[Trainer]:
    """Those who teach a session of the perimeter, by name: what the planning filters by."""
    mine = queries.sessions(seen_by=seen_by).order_by().values("pk")
    return Trainer.objects.filter(organisation_id=seen_by.organisation_id, sessions__in=mine).distinct().order_by("key")


def _warned(one: Clash, other: Session | None, names: dict[int, str]) -> Warned:
    if one.shared == Shared.CLIENT:
        return Warned(one.shared, one.starts_at, other, client_id=one.who)
    return Warned(one.shared, one.starts_at, other, names.get(one.who or 0, ""))


def _living(seen_by: Actor) -> QuerySet[Slot]:
    rows = Slot.objects.filter(~Q(session__state=SessionState.CANCELLED))
    return rows.filter(session__organisation_id=seen_by.organisation_id).order_by("starts_at", "pk")


def _slots(seen_by: Actor, first: date, last: date) -> QuerySet[Slot, tuple[Any, ...]]:
    """Those that may fall on these days, wherever they are held; of cancelled sessions too, which clash with none."""
    utc = ZoneInfo("UTC")
    since = datetime(first.year, first.month, first.day, tzinfo=utc) - FARTHEST_ZONE
    until = datetime(last.year, last.month, last.day, tzinfo=utc) + timedelta(days=1) + FARTHEST_ZONE
    rows = Slot.objects.filter(
        starts_at__gte=since, starts_at__lt=until, session__organisation_id=seen_by.organisation_id
    )
    return rows.order_by("starts_at", "pk").values_list(*_READ, "session__state")


def _sittings(rows: Iterable[tuple[Any, ...]], by_session: dict[int, frozenset[int]]) -> Iterable[Sitting]:
    for row in rows:
        pk, start, end, room, building, city, kind, *_rest = row
        if row[-1] != SessionState.CANCELLED:
            taught = by_session.get(pk, frozenset())
            is_in_house = kind == SessionKind.INTRA
            where = room_of(city, building, room) if city or not is_in_house else ""  # « dans vos locaux » is no room
            yield Sitting(pk, start, end, where, taught, is_in_house)


def _meetings(shown: dict[int, Session], rows: Iterable[tuple[Any, ...]], first: date, last: date) -> Iterable[Meeting]:
    by_day: dict[tuple[int, date], Meeting] = {}
    planned: set[object] = set()
    for pk, start, end, room, *_rest in rows:
        session = shown.get(pk)
        if session is None:
            continue
        planned.add(pk)
        zone = ZoneInfo(session.time_zone)
        since, until = start.astimezone(zone), end.astimezone(zone)
        on = since.date()
        if first <= on <= last:
            by_day.setdefault((session.pk, on), Meeting(session, on, room=str(room))).hours.append((since, until))
    yield from by_day.values()
    for pk, session in shown.items():
        if (
            pk not in planned
            and session.begins_at.astimezone(ZoneInfo(session.time_zone)).time() == datetime.min.time()
        ):
            day = max(session.starts_on, first)
            while day <= min(session.ends_on, last):
                yield Meeting(session, day)
                day += timedelta(days=1)
