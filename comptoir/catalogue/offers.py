"""The catalogue as the public reads it: one offer an activity, over the sessions on sale that fit the filters."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from comptoir.base.text import folded
from comptoir.catalogue.models import Activity, SeatType, Session


@dataclass(frozen=True)
class Offer:
    """An activity, its next fitting session, how many there are, and the lowest price (cents without VAT)."""

    activity: Activity
    next_session: Session
    session_count: int
    lowest_cents: int

    @property
    def next_on(self) -> date:
        """The day the next session starts."""
        return self.next_session.starts_on


class Offers:
    """Offers, soonest first: a list that a Paginator can count and slice. Counting and a page cost 1 + 4 queries."""

    ordered = True

    def __init__(self, sessions: QuerySet[Session]) -> None:
        self._sessions = sessions
        self._groups = (
            sessions.order_by()
            .values("activity_id", "activity__title")
            .annotate(next_on=Min("starts_on"))
            .order_by("next_on", "activity__title", "activity_id")
        )
        self._count: int | None = None

    def count(self) -> int:
        """How many activities have something on sale."""
        if self._count is None:
            self._count = self._sessions.aggregate(n=Count("activity_id", distinct=True))["n"]
        return self._count

    __len__ = count

    def __iter__(self) -> Iterator[Offer]:
        return iter(self[:])

    def __getitem__(self, part: slice) -> list[Offer]:
        ids = [group["activity_id"] for group in self._groups[part]]
        facts = self._facts(ids)
        next_ids = [fact["next_id"] for fact in facts.values()]
        sessions = Session.objects.in_bulk(next_ids)
        activities = Activity.objects.select_related("theme").in_bulk(ids)
        return [
            Offer(activities[pk], sessions[fact["next_id"]], fact["session_count"], fact["lowest"])
            for pk in ids
            if (fact := facts.get(pk))
        ]

    def _facts(self, ids: list[int]) -> dict[int, dict[str, Any]]:
        soonest = self._sessions.filter(activity_id=OuterRef("activity_id")).order_by("starts_on", "pk").values("pk")
        rows = (
            priced(self._sessions.filter(activity_id__in=ids))
            .order_by()
            .values("activity_id")
            .annotate(session_count=Count("pk"), lowest=Min("from_cents"), next_id=Subquery(soonest[:1]))
        )
        return {row["activity_id"]: dict(row) for row in rows}


def priced(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """With `from_cents`: the lowest rate on offer, or the session's own price when it has no rates."""
    rates = SeatType.objects.filter(session=OuterRef("pk"), is_active=True).order_by("price_cents")
    return sessions.annotate(from_cents=Coalesce(Subquery(rates.values("price_cents")[:1]), "price_cents"))


def fitting(
    sessions: QuerySet[Session], *, text: str, theme: str, city: str, month: date | None, remote: bool | None
) -> QuerySet[Session]:
    """The sessions that fit: every word found in the activity or the place, and each filter given."""
    for word in folded(text).split():
        sessions = sessions.filter(Q(activity__search_key__contains=word) | Q(search_key__contains=word))
    if theme:
        sessions = sessions.filter(activity__theme__slug=theme)
    if city:
        sessions = sessions.filter(city=city)
    if month is not None:
        sessions = sessions.filter(starts_on__gte=month.replace(day=1), starts_on__lt=next_month(month))
    if remote is not None:
        sessions = sessions.filter(is_remote=remote)
    return sessions


def next_month(month: date) -> date:
    """The first day of the month after."""
    years, months = divmod(month.month, 12)
    return date(month.year + years, months + 1, 1)


@dataclass(frozen=True)
class Choice:
    """One value a filter can take: what goes in the address, what is shown, how many activities it leaves."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Facets:
    """What the public can filter by. Months as days (the first of each); `remote_count` activities held remotely."""

    themes: list[Choice]
    cities: list[Choice]
    months: list[tuple[date, int]]
    remote_count: int


def facets(sessions: QuerySet[Session]) -> Facets:
    """The filters that lead somewhere, over these sessions, in three queries."""
    sessions = sessions.order_by()
    activities = Count("activity_id", distinct=True)
    themes = sessions.exclude(activity__theme=None).values_list("activity__theme__slug", "activity__theme__name")
    cities = sessions.exclude(city="").values_list("city").annotate(n=activities).order_by("city")
    months: dict[date, set[int]] = {}
    remote: set[int] = set()
    for activity_id, day, is_remote in sessions.values_list("activity_id", "starts_on", "is_remote").distinct():
        months.setdefault(day.replace(day=1), set()).add(activity_id)
        if is_remote:
            remote.add(activity_id)
    return Facets(
        [Choice(*row) for row in themes.annotate(n=activities).order_by("activity__theme__name")],
        [Choice(city, city, count) for city, count in cities],
        sorted((month, len(ids)) for month, ids in months.items()),
        len(remote),
    )
