"""The catalogue as the public reads it: one offer an activity, over the sessions on sale that fit the filters."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import CharField, IntegerField, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce

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
    """Offers, soonest first: a list that a Paginator can count and slice. It costs 1 query, and 3 more a page."""

    ordered = True

    def __init__(self, sessions: QuerySet[Session]) -> None:
        self._sessions = sessions

    @cached_property
    def _groups(self) -> dict[int, list[tuple[int, int]]]:
        """Each activity's sessions (id, price), soonest first: cheaper than grouping twice in SQL."""
        groups: dict[int, list[tuple[int, int]]] = {}
        rows = self._sessions.order_by("begins_at", "pk").values_list("activity_id", "pk", "price_cents")
        for activity_id, pk, cents in rows:
            groups.setdefault(activity_id, []).append((pk, cents))
        return groups

    def count(self) -> int:
        """How many activities have something on sale."""
        return len(self._groups)

    __len__ = count

    def __iter__(self) -> Iterator[Offer]:
        return iter(self[:])

    def __getitem__(self, part: slice) -> list[Offer]:
        page = {pk: self._groups[pk] for pk in list(self._groups)[part]}
        if not page:
            return []
        activities = Activity.objects.select_related("theme").in_bulk(list(page))
        soonest = Session.objects.in_bulk([sessions[0][0] for sessions in page.values()])
        rates = _lowest_rates([pk for sessions in page.values() for pk, _cents in sessions])
        return [
            Offer(
                activities[activity_id],
                soonest[sessions[0][0]],
                len(sessions),
                min(rates.get(pk, cents) for pk, cents in sessions),
            )
            for activity_id, sessions in page.items()
        ]


def _lowest_rates(session_ids: list[int]) -> dict[int, int]:
    """The lowest rate on offer of each session that has rates, in cents."""
    rates = SeatType.objects.filter(session__in=session_ids, is_active=True).order_by()
    return dict(rates.values_list("session_id").annotate(lowest=Min("price_cents")))


def priced(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """With `from_cents`: the lowest rate on offer, or the session's own price when it has no rates."""
    rates = SeatType.objects.filter(session=OuterRef("pk"), is_active=True).order_by("price_cents")
    return sessions.annotate(from_cents=Coalesce(Subquery(rates.values("price_cents")[:1]), "price_cents"))


def fitting(
    sessions: QuerySet[Session], *, text: str, theme: str, city: str, month: date | None, remote: bool | None
) -> QuerySet[Session]:
    """The sessions that fit: every word found in the activity or the place, and each filter given."""
    for word in folded(text).split():
        sessions = sessions.filter(has_word(word))
    if theme:
        sessions = sessions.filter(activity__in=Activity.objects.filter(theme__slug=theme))
    if city:
        sessions = sessions.filter(city=city)
    if month is not None:
        sessions = sessions.filter(starts_on__gte=month.replace(day=1), starts_on__lt=next_month(month))
    if remote is not None:
        sessions = sessions.filter(is_remote=remote)
    return sessions


def has_word(word: str) -> Q:
    """The word stands in the activity's words or in the session's; each activity is read once, not once a session."""
    return Q(activity__in=Activity.objects.filter(search_key__contains=word)) | Q(search_key__contains=word)


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


def facets(sessions: QuerySet[Session], *, organisation_id: int) -> Facets:
    """The filters that lead somewhere, over these sessions, in two queries."""
    cities: dict[str, set[int]] = defaultdict(set)
    months: dict[str, set[int]] = defaultdict(set)
    remote: set[int] = set()
    every: set[int] = set()
    # As text and figure, so that nothing is converted five thousand times: « 2027-01-11 » is cut to its month.
    day, is_remote = Cast("starts_on", CharField()), Cast("is_remote", IntegerField())
    rows = sessions.order_by().values_list("activity_id", "city", is_remote, day)
    for activity_id, city, remotely, on in rows:
        every.add(activity_id)
        months[on[:7]].add(activity_id)
        if city:
            cities[city].add(activity_id)
        if remotely:
            remote.add(activity_id)
    return Facets(
        _themes(every, organisation_id),
        [Choice(city, city, len(ids)) for city, ids in sorted(cities.items(), key=lambda one: folded(one[0]))],
        [(date.fromisoformat(f"{month}-01"), len(ids)) for month, ids in sorted(months.items())],
        len(remote),
    )


def _themes(activity_ids: set[int], organisation_id: int) -> list[Choice]:
    shelved = Activity.objects.filter(organisation_id=organisation_id, is_published=True, theme__isnull=False)
    rows = shelved.values_list("pk", "theme__slug", "theme__name")
    counts = Counter((slug, name) for pk, slug, name in rows if pk in activity_ids)
    return [Choice(slug, name, n) for (slug, name), n in sorted(counts.items(), key=lambda one: folded(one[0][1]))]
