"""Reads about bookings and registrations, within the reader's perimeter (C2, C17)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Sum, TextField, Value
from django.db.models.functions import Concat, StrIndex
from django.db.models.lookups import GreaterThan

from comptoir.base.given import given
from comptoir.base.prepared import Prepared
from comptoir.bookings import seats
from comptoir.bookings.amounts import Taken, taken
from comptoir.bookings.candidates import in_seat_order, rank_of
from comptoir.bookings.counting import STATES
from comptoir.bookings.extras import AddOnCounts
from comptoir.bookings.keys import search_words
from comptoir.bookings.models import AddOnLine, Booking, Registration, SavedSearch, SeatCount
from comptoir.bookings.perimeter import NoSuchBooking, OutsidePerimeter
from comptoir.bookings.queue import position
from comptoir.bookings.seats import SeatsLeft
from comptoir.bookings.states import BookingStatus, RegistrationState, status_of
from comptoir.catalogue.models import AddOn, Session
from comptoir.catalogue.queries import sessions
from comptoir.organisations.actors import Actor

MOST_COUNTED = 5_000
NEWEST, BY_NAME = ("-booking_id", "position"), ("last_name", "first_name", "pk")
TRIGRAM = 3  # letters: what PostgreSQL's index of parts is made of
ENOUGH = 7  # letters of an address that are asked of it: few are shared by many
MET_EARLY, FIRST = 26, 20_000  # the rows of a page are soon met when so many are found among the first of the list


@dataclass(frozen=True)
class Search:
    """What registrations are looked for by (C3); None and '' ask nothing. Days are those of the sign-up."""

    text: str = ""
    activity_id: int | None = None
    session_id: int | None = None
    seat_type_id: int | None = None
    add_on_id: int | None = None
    state: str = ""
    payment: str = ""
    level_id: int | None = None
    label: str = ""
    first: date | None = None
    last: date | None = None
    client_id: int | None = None

    @property
    def is_counted(self) -> bool:
        """Whether the seat counts alone can say how many it finds."""
        asked = {name for name, value in vars(self).items() if value not in (None, "")}
        return asked <= {"activity_id", "session_id", "seat_type_id", "state"}


@dataclass(frozen=True)
class Detail:
    """One booking as its reader may see it: everybody's row, and which of them are in the perimeter (C17)."""

    booking: Booking
    rows: list[Registration]
    own: frozenset[int]
    extras: list[Taken]
    position: int  # its rank on the waiting list, 0 when it is on none
    rank: int  # among those who paid and have no seat yet, 0 when it is not one of them

    def lines_of(self, row: Registration) -> list[AddOnLine]:
        """What one of them takes beside the seat."""
        return [line for one, line in self.extras if one is row]

    def person(self, registration_id: int) -> Registration | None:
        """One of them, in the perimeter; None for any other."""
        return next((row for row in self.rows if row.pk == registration_id and row.pk in self.own), None)

    @property
    def status(self) -> BookingStatus:
        """Derived from all its registrations (C8)."""
        return status_of({row.state for row in self.rows})

    @property
    def is_whole(self) -> bool:
        """Whether everybody in it is in the perimeter: else it cannot be acted upon as a whole."""
        return len(self.own) == len(self.rows)


def seats_left(session_ids: Collection[int], *, extras: bool = False) -> dict[int, SeatsLeft]:
    """Seats left in each session (and each rate of it), three queries whatever their number; add-ons: one more."""
    return seats.left(session_ids, extras=extras)


def seats_left_of(sessions: Collection[Session]) -> dict[int, SeatsLeft]:
    """The same for sessions at hand, whatever their rates: one query."""
    return seats.left_of(sessions)


def registrations(*, seen_by: Actor, text: str = "", search: Search | None = None) -> QuerySet[Registration]:
    """Registrations of the sessions in the reader's perimeter (C2), newest booking first."""
    rows = _found(_within(Registration.objects.all(), seen_by), search or Search(text=text))
    return _shown(rows).order_by(*NEWEST)


def numbered(ids: list[int], *, seen_by: Actor) -> list[Registration]:
    """Those of the organisation that a page of `registrations` was found to hold, with all a list shows."""
    return _NUMBERED.all(organisation=seen_by.organisation_id, ids=ids)


def _shown(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    return rows.select_related("booking__client", "session__activity", "level", "seat_type")


_NUMBERED: Prepared[Registration] = Prepared(
    lambda organisation, ids: _shown(Registration.objects.filter(organisation_id=organisation, pk__in=ids))
)


def by_seat(session_id: int, *, seen_by: Actor) -> QuerySet[Registration]:
    """Those of one session in the order its seats are given: seated, then candidates as they come next, then others."""
    return in_seat_order(registrations(seen_by=seen_by, search=Search(session_id=session_id)))


def count(*, seen_by: Actor, search: Search) -> int:
    """How many registrations the search finds: read from the seat counts where they know, else counted to the limit.

    One above MOST_COUNTED means: more than that.
    """
    if not search.is_counted:
        return _found(_within(Registration.objects.all(), seen_by), search)[: MOST_COUNTED + 1].count()
    counts = SeatCount.objects.filter(session__organisation_id=seen_by.organisation_id)
    if not seen_by.sees_every_session:
        counts = counts.filter(session__in=sessions(seen_by=seen_by).order_by().values("pk"))
    asked = {"session__activity": search.activity_id, "session": search.session_id, "seat_type": search.seat_type_id}
    counts = counts.filter(**{name: value for name, value in asked.items() if value})
    columns = [search.state] if search.state else STATES
    return sum(value or 0 for value in counts.aggregate(**{f"n_{name}": Sum(name) for name in columns}).values())


def listed(
    *, seen_by: Actor, search: Search, found: int, by_name: bool = False
) -> tuple[QuerySet[Registration], tuple[str, ...]]:
    """What the search finds, `found` in number, and the columns that put it in order, newest or by name.

    Rows are met in the order of an index, or gathered and sorted. Of words, PostgreSQL guesses how rare they are, and a
    wrong guess reads a million rows for a page: it is told.
    """
    rows, order = registrations(seen_by=seen_by, search=search), BY_NAME if by_name else NEWEST
    if connection.vendor != "postgresql" or not search.text or _is_met_early(rows, order, seen_by, found):
        return rows, order
    if by_name:
        return rows.annotate(gathered=Concat("last_name", Value(""))), ("gathered", *order[1:])
    return rows.annotate(gathered=F("booking_id") + 0), ("-gathered", *order[1:])


def _is_met_early(rows: QuerySet[Registration], order: tuple[str, ...], seen_by: Actor, found: int) -> bool:
    if found <= MOST_COUNTED:
        return False
    name = order[0].removeprefix("-")
    own = Registration.objects.filter(organisation_id=seen_by.organisation_id).order_by(*order)
    edge = own.values_list(name, flat=True)[FIRST : FIRST + 1].first()
    if edge is None:
        return True
    side = "gte" if order[0].startswith("-") else "lte"
    return rows.filter(**{f"{name}__{side}": edge}).order_by(*order)[:MET_EARLY].count() == MET_EARLY


def counts_by_activity(activity_ids: Collection[int], *, seen_by: Actor) -> dict[int, dict[str, int]]:
    """Activity → how many registrations of the perimeter are in each state, from the seat counts; one query."""
    counts = SeatCount.objects.filter(
        session__organisation_id=seen_by.organisation_id, session__activity__in=activity_ids
    )
    if not seen_by.sees_every_session:
        counts = counts.filter(session__in=sessions(seen_by=seen_by).order_by().values("pk"))
    found = counts.order_by().values_list("session__activity").annotate(*(Sum(name) for name in STATES))
    return {pk: dict(zip(STATES, numbers, strict=True)) for pk, *numbers in found}


def bookings(*, seen_by: Actor) -> QuerySet[Booking]:
    """Bookings with at least one registration in the reader's perimeter, newest first."""
    rows = Booking.objects.filter(organisation_id=seen_by.organisation_id)
    if not seen_by.sees_every_session:
        mine = _within(Registration.objects.filter(booking=OuterRef("pk")), seen_by)
        rows = rows.filter(Exists(mine))
    return rows.select_related("client", "payer").order_by("-pk")


def detail(reference: str, *, seen_by: Actor) -> Detail:
    """One booking of the perimeter with its people. Refuses: Missing."""
    found = bookings(seen_by=seen_by).filter(reference=reference).first()
    if found is None:
        raise NoSuchBooking
    rows = Registration.objects.filter(booking=found).select_related("session__activity", "level", "seat_type")
    people = list(rows.order_by("position"))
    mine = _within(Registration.objects.filter(booking=found), seen_by).order_by().values_list("pk", flat=True)
    waiting = [row for row in people if row.state == RegistrationState.WAITING]
    place = position(found, waiting[0].session_id) if waiting else 0
    return Detail(found, people, frozenset(mine), taken(people), place, rank_of(found, people))


def whole(reference: str, *, seen_by: Actor) -> Detail:
    """The same, everybody in it being in the perimeter: for what is done in its contact's place (C10).

    Refuses: Missing, OutsidePerimeter.
    """
    found = detail(reference, seen_by=seen_by)
    if not found.is_whole:
        raise OutsidePerimeter
    return found


def after(booking_id: int, position: int) -> Q:
    """The registrations that come after this one, newest booking first; the edge alone is what an index is read by."""
    same = Q(booking_id=booking_id, position__gt=position)
    return Q(booking_id__lte=booking_id) & (Q(booking_id__lt=booking_id) | same)


def add_ons_offered(session_ids: Collection[int]) -> dict[int, list[tuple[AddOn, int | None]]]:
    """Session → its add-ons on offer, each with how many are left (None = no limit); one query."""
    counts = AddOnCounts.read(session_ids)
    offered = {pk: counts.on_offer(pk) for pk in session_ids}
    return {pk: [(row, counts.left(pk)[row.pk]) for row in rows.values()] for pk, rows in offered.items() if rows}


def add_ons_of(registration_id: int, *, organisation_id: int) -> list[tuple[AddOn, int | None]]:
    """Those on offer for the session of one registration; none when there is no such registration."""
    mine = Registration.objects.filter(pk=registration_id, organisation_id=organisation_id)
    session_id = mine.values_list("session", flat=True).first()
    return add_ons_offered([session_id]).get(session_id, []) if session_id else []


def saved_searches(*, seen_by: Actor) -> QuerySet[SavedSearch]:
    """The searches this person kept, by name."""
    return SavedSearch.objects.filter(staff=seen_by.staff_id or 0).order_by("name", "pk")


def born_from(source: str, *, seen_by: Actor) -> Booking | None:
    """The booking made from that request or deal, if there is one."""
    return Booking.objects.filter(given(source=source), organisation_id=seen_by.organisation_id).first()


def of_client(client_id: int, *, organisation_id: int) -> QuerySet[Booking]:
    """A client's bookings, newest first, with their people and sessions at hand: for its own space (A4)."""
    people = Registration.objects.select_related("session__activity").order_by("position")
    rows = Booking.objects.filter(client=client_id, organisation_id=organisation_id)
    return rows.prefetch_related(Prefetch("registrations", people)).order_by("-pk")


def _within(rows: QuerySet[Registration], seen_by: Actor) -> QuerySet[Registration]:
    rows = rows.filter(organisation_id=seen_by.organisation_id)
    if seen_by.sees_every_session:
        return rows
    return rows.filter(session__in=sessions(seen_by=seen_by).order_by().values("pk"))


def _found(rows: QuerySet[Registration], search: Search) -> QuerySet[Registration]:
    words = search_words(search.text)
    has_long = any(len(word) >= TRIGRAM for word in words)
    for word in words:
        rows = _with_word(rows, word, aside=has_long and len(word) < TRIGRAM)
    if search.payment:  # said again, so that the index of bookings by payment is found
        rows = rows.filter(booking__organisation=F("organisation"))
    columns = {
        "session__activity": search.activity_id, "session": search.session_id, "seat_type": search.seat_type_id,
        "add_ons__add_on": search.add_on_id,
        "state": search.state, "booking__payment": search.payment, "level": search.level_id,
        "booking__label": search.label, "booking__created_at__date__gte": search.first,
        "booking__created_at__date__lte": search.last, "booking__client": search.client_id,
    }  # fmt: skip
    return rows.filter(Q(**{name: value for name, value in columns.items() if value not in (None, "")}))


def _with_word(rows: QuerySet[Registration], word: str, *, aside: bool) -> QuerySet[Registration]:
    """Those found by this word. A domain is everybody's: the index is asked for the end of what comes before it.

    Of a longer part, PostgreSQL would read the lists of all its threes of letters, the commonest too.

    `aside`: the rows that another word found are read for this one, of which PostgreSQL would read its index whole.
    """
    if aside:
        return rows.filter(GreaterThan(StrIndex("search_key", Value(word)), 0))
    local, at, _domain = word.partition("@")
    if not at or len(local) < 3:
        return rows.filter(search_key__contains=word)
    asked = local[-ENOUGH:] + at
    rows = rows.filter(search_key__contains=asked)
    if asked == word:
        return rows
    return rows.alias(whole=Concat("search_key", Value(""), output_field=TextField())).filter(
        whole__contains=word
    )  # read from the row itself
