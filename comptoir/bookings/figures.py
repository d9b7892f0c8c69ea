"""An activity in figures: how full, since when, how much, where the money stands; within the reader's perimeter."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import TruncWeek

from comptoir.base.money import price, total
from comptoir.bookings.models import Booking, Registration, SeatCount
from comptoir.bookings.states import SEATED, PaymentState
from comptoir.catalogue import queries as catalogue
from comptoir.catalogue import zones
from comptoir.catalogue.models import Session
from comptoir.organisations.actors import Actor

WEEKS = 26
MOST_SESSIONS = 50


@dataclass(frozen=True)
class Fill:
    """One session: seats held, awaiting validation among them, of how many (None: no limit); who hopes for one."""

    session: Session
    held: int
    pending: int
    candidates: int

    @property
    def percent(self) -> int | None:
        """Of the capacity; None without one."""
        return 100 * self.held // self.session.capacity if self.session.capacity else None


@dataclass(frozen=True)
class Week:
    """The sign-ups of one week, from its Monday; `percent` of the busiest."""

    monday: date
    count: int
    percent: int


@dataclass(frozen=True)
class Standing:
    """The bookings whose payment stands so: how many, what they owe and have paid, in cents with VAT."""

    state: PaymentState
    count: int
    owed_cents: int
    paid_cents: int


@dataclass(frozen=True)
class Figures:
    """All of it. `net_cents` and `gross_cents`: what the seats held cost, VAT computed once for all that are alike."""

    fills: list[Fill]
    weeks: list[Week]
    standings: list[Standing]
    held: int
    net_cents: int
    gross_cents: int


def figures(activity_id: int, *, seen_by: Actor, at: datetime) -> Figures:
    """The figures of one activity of the perimeter, in seven queries whatever its size. Refuses: Missing."""
    activity = catalogue.activity(activity_id=activity_id, seen_by=seen_by)
    mine = catalogue.sessions(seen_by=seen_by).filter(activity=activity)
    rows = Registration.objects.filter(session__in=mine.order_by().values("pk"))
    held = rows.filter(state__in=SEATED)
    alike = held.order_by().values_list("price_cents", "vat_bp").annotate(n=Count("pk"))
    sum_of = total(price(cents, vat, count) for cents, vat, count in alike)
    fills = _fills(list(mine.order_by("-starts_on", "-pk")[:MOST_SESSIONS]))
    count = held.count()
    return Figures(fills, _weeks(rows, at), _standings(rows), count, sum_of.net_cents, sum_of.gross_cents)


def _fills(sessions: list[Session]) -> list[Fill]:
    counts = SeatCount.objects.filter(session__in=[one.pk for one in sessions]).order_by().values_list("session")
    summed = counts.annotate(taken=Sum(F("pending") + F("validated")), waiting=Sum("pending"), hoping=Sum("candidate"))
    found = {pk: (taken, waiting, hoping) for pk, taken, waiting, hoping in summed}
    return [Fill(one, *found.get(one.pk, (0, 0, 0))) for one in sessions]


def _weeks(rows: QuerySet[Registration], at: datetime) -> list[Week]:
    zone = ZoneInfo(zones.HOME)
    today = zones.home_day(at)
    first = today - timedelta(days=today.weekday(), weeks=WEEKS - 1)
    since = datetime(first.year, first.month, first.day, tzinfo=zone)
    found = rows.filter(booking__created_at__gte=since).order_by()
    weekly = found.annotate(week=TruncWeek("booking__created_at", tzinfo=zone)).values_list("week")
    counts = {week.date(): count for week, count in weekly.annotate(n=Count("pk"))}
    busiest = max(counts.values(), default=0) or 1
    mondays = [first + timedelta(weeks=number) for number in range(WEEKS)]
    return [Week(one, counts.get(one, 0), 100 * counts.get(one, 0) // busiest) for one in mondays]


def _standings(rows: QuerySet[Registration]) -> list[Standing]:
    bookings = Booking.objects.filter(pk__in=rows.order_by().values("booking"))
    found = bookings.order_by().values_list("payment").annotate(Count("pk"), Sum("owed_cents"), Sum("paid_cents"))
    by_state = {state: values for state, *values in found}
    return [Standing(state, *by_state.get(state.value, (0, 0, 0))) for state in PaymentState]
