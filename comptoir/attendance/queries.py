"""Who is expected and who is there, within the reader's perimeter (C2, C17); a constant number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from comptoir.attendance import rules
from comptoir.attendance.models import Presence
from comptoir.attendance.sittings import Sitting, nearest, planned, with_counts
from comptoir.base.errors import Missing, Refusal
from comptoir.bookings.models import Booking, Registration
from comptoir.bookings.queries import detail, registrations
from comptoir.bookings.states import SEATED
from comptoir.catalogue.models import Session, Slot
from comptoir.organisations.actors import Actor


@dataclass(frozen=True)
class Person:
    """One registration at one sitting: the mark, if there is one; the refusal, if it may not be marked."""

    row: Registration
    mark: Presence | None
    refusal: Refusal | None


@dataclass(frozen=True)
class Group:
    """The people of a booking at one sitting of one session; `refusal`: why nobody can be marked there now."""

    session: Session
    sitting: Sitting
    people: list[Person]
    refusal: Refusal | None

    @property
    def unmarked(self) -> int:
        """How many may be marked still."""
        return 0 if self.refusal else sum(not (one.mark or one.refusal) for one in self.people)


@dataclass(frozen=True)
class Arrival:
    """A booking at the door: its people of today, else of the nearest day; its other sessions, each with its day.

    `hidden`: how many of its people are on sessions outside the perimeter.
    """

    booking: Booking
    groups: list[Group]
    others: list[tuple[Session, Sitting]]
    is_today: bool
    hidden: int


def sittings(session: Session, *, seen_by: Actor) -> list[Sitting]:
    """The sittings of a session with how many are there, of how many expected; planned no more, when marked."""
    mine = registrations(seen_by=seen_by).filter(session=session).order_by()
    marks = Presence.objects.filter(registration__in=mine.values("pk")).values("starts_at")
    gone = Count("pk", filter=~Q(registration__state__in=SEATED))
    marked = {
        at: (here, without) for at, here, without in marks.annotate(n=Count("pk"), gone=gone).values_list(
            "starts_at", "n", "gone"
        )
    }  # fmt: skip
    seated = mine.filter(state__in=SEATED).count()
    return with_counts(planned(session), marked, seated=seated, zone=session.time_zone)


def expected(session: Session, starts_at: datetime, *, seen_by: Actor, text: str = "") -> QuerySet[Registration]:
    """By name, those who hold a seat and those marked; with a text, whoever it finds, in any state."""
    rows = registrations(seen_by=seen_by, text=text).filter(session=session)
    if not text:
        rows = rows.filter(Q(state__in=SEATED) | Exists(Presence.objects.filter(
            registration=OuterRef("pk"), starts_at=starts_at
        )))  # fmt: skip
    return rows.order_by("last_name", "first_name", "pk")


def people(rows: Iterable[Registration], starts_at: datetime) -> list[Person]:
    """These with their marks at that sitting; one query."""
    return _people([(row, starts_at) for row in rows])


def _people(expected_at: Sequence[tuple[Registration, datetime]]) -> list[Person]:
    """Each of these at a sitting of its own; one query."""
    rows, moments = {row.pk for row, _at in expected_at}, {at for _row, at in expected_at}
    marks = Presence.objects.filter(registration__in=rows, starts_at__in=moments)
    found = {(mark.registration_id, mark.starts_at): mark for mark in marks}
    return [Person(row, found.get((row.pk, at)), rules.seat_refusal(row)) for row, at in expected_at]


def person(registration_id: int, session: Session, starts_at: datetime, *, seen_by: Actor) -> Person:
    """One registration of the session at one of its sittings. Refuses: Missing."""
    found = registrations(seen_by=seen_by).filter(session=session, pk=registration_id)
    (one, *_rest) = [*people(found, starts_at), None]
    if one is None:
        raise Missing(_("Cette inscription n’existe pas."))
    return one


def arrival(reference: str, *, seen_by: Actor, at: datetime) -> Arrival:
    """A booking of the perimeter at the door, with its people of the perimeter. Refuses: Missing."""
    found = detail(reference, seen_by=seen_by)
    rows = [row for row in found.rows if row.pk in found.own]
    for row in rows:
        row.booking = found.booking  # at hand: not asked for again
    sessions = list({row.session_id: row.session for row in rows}.values())
    prefetch_related_objects(sessions, Prefetch("slots", Slot.objects.order_by("starts_at")))
    when = [(session, nearest(planned(session), at=at)) for session in sessions]
    when.sort(key=lambda one: (abs(one[1].days_from(at)), one[1].starts_at, one[0].pk))
    first = abs(when[0][1].days_from(at))
    shown = [one for one in when if abs(one[1].days_from(at)) == first]
    beginnings = {session.pk: sitting.starts_at for session, sitting in shown}
    here = _people([(row, beginnings[row.session_id]) for row in rows if row.session_id in beginnings])
    groups = [
        Group(
            session, sitting, [one for one in here if one.row.session_id == session.pk],
            rules.sitting_refusal(session, sitting, at=at),
        )
        for session, sitting in shown
    ]  # fmt: skip
    return Arrival(found.booking, groups, when[len(shown) :], first == 0, len(found.rows) - len(rows))
