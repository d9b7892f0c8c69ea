"""« Confirmation dates client » of sessions (D9), in the database's own words: for a list, a filter, a count.

Several clients: Décliné if one declined, else the least advanced. Who is a client: chosen, or with a seat held.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Case, Count, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import RawSQL

from comptoir.base.prepared import Prepared
from comptoir.base.switch import Switch
from comptoir.bookings.models import Registration
from comptoir.bookings.states import SEATED
from comptoir.catalogue.models import Session
from comptoir.catalogue.queries import shown
from comptoir.catalogue.states import SessionState
from comptoir.freshness import kept
from comptoir.organisations.actors import Actor
from comptoir.proposals.models import SessionClient
from comptoir.proposals.states import Confirmation

ORDER = (Confirmation.DECLINED, Confirmation.TO_CONFIRM, Confirmation.PENDING, Confirmation.CONFIRMED)
NOBODY = len(ORDER)  # no client, or cancelled
NONE, OVERDUE = "", "overdue"  # no client, or cancelled | awaited beyond the deadline: also counted as pending


def annotated(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """The same rows, with `rank`: the place in ORDER of where they stand, NOBODY when they have no client."""
    return sessions.annotate(rank=_ranked(connection.vendor))


def narrowed(sessions: QuerySet[Session], wanted: str, *, at: datetime) -> QuerySet[Session]:
    """Those whose clients stand so; OVERDUE: those of which an answer is late."""
    if wanted == OVERDUE:
        late = SessionClient.objects.filter(
            standing=Confirmation.PENDING, due_at__lt=at, sequence=F("session__calendar_sequence")
        )
        return sessions.filter(pk__in=late.values("session")).exclude(state=SessionState.CANCELLED)
    some = SessionClient.objects.filter(session=OuterRef("pk"), sequence=OuterRef("calendar_sequence"), standing=wanted)
    known = sessions if wanted == Confirmation.TO_CONFIRM else sessions.filter(Exists(some))  # few, and looked at first
    rows: Any = known.alias(rank=_ranked(connection.vendor))
    found: QuerySet[Session] = rows.filter(rank=ORDER.index(Confirmation(wanted)))
    return found


def counts(sessions: QuerySet[Session], *, at: datetime, organisation_id: int) -> dict[str, int]:
    """How many sessions of one organisation stand so, for each value, NONE and OVERDUE, all there; two statements.

    All but OVERDUE, which are also pending, make up the whole. Kept until something changes: each row is looked at.
    """
    rows: Any = annotated(sessions.order_by())
    ranks = rows.values("rank").annotate(n=Count("*")).values_list("rank", "n")
    told = {_named(rank): n for rank, n in kept.answers(ranks, organisation_id=organisation_id)}
    late = narrowed(sessions.order_by(), OVERDUE, at=at).count()
    return {one: told.get(one, 0) for one in (NONE, *Confirmation.values)} | {OVERDUE: late}


def numbered(ids: list[int], *, seen_by: Actor) -> list[Session]:
    """Those of the organisation that a page was found to hold, with all a list shows; one statement."""
    return _NUMBERED.all(organisation=seen_by.organisation_id, ids=ids)


def of_sessions(numbered: Iterable[Session], *, at: datetime) -> dict[int, tuple[str, bool]]:
    """Session → where its clients stand, and whether an answer is late."""
    rows: Any = numbered
    return {one.pk: (_named(one.rank), bool(one.rank != NOBODY and one.due and one.due < at)) for one in rows}


def _named(rank: int) -> str:
    return ORDER[rank].value if rank != NOBODY else NONE


@cache
def _ranked(_vendor: str) -> RawSQL:
    """`_rank` as this database reads it: to resolve it anew for each page takes longer than the page's rows."""
    query = Session.objects.annotate(rank=_rank()).query
    sql, params = query.get_compiler(connection=connection).compile(query.annotations["rank"])
    return RawSQL(sql, tuple(params), output_field=IntegerField())  # noqa: S611  # the ORM's own words


def _rank() -> Case:
    """The place in ORDER of the client that decides: its rows are read once, its seats only if they can tell."""
    declined, to_confirm, pending, confirmed, nobody = (_constant(one) for one in range(NOBODY + 1))
    unasked = Exists(_unasked())
    told = Switch(
        _known(),
        {
            declined: declined,
            to_confirm: to_confirm,
            pending: Case(When(unasked, then=to_confirm), default=pending),
            confirmed: Case(When(unasked, then=to_confirm), default=confirmed),
        },
        default=Case(When(Exists(_seated()), then=to_confirm), default=nobody),
        output_field=IntegerField(),
    )
    return Case(When(state=SessionState.CANCELLED, then=nobody), default=told, output_field=IntegerField())


def _constant(rank: int) -> Value:
    return Value(rank, output_field=IntegerField())


def _known() -> Subquery:
    """The least advanced of the clients that have a row, one that declined before all; NULL when there is none."""
    rows = SessionClient.objects.filter(session=OuterRef("pk")).order_by()
    least = Func(_place(OuterRef("calendar_sequence")), function="MIN")  # not `Min`: it would group what is one group
    return Subquery(rows.annotate(first=least).values("first"))


def _place(sequence: Any) -> Case:
    """The place in ORDER of one row, for the calendar so numbered."""
    moved = When(~Q(sequence=sequence), then=Value(ORDER.index(Confirmation.TO_CONFIRM)))
    known = (When(standing=one, then=Value(rank)) for rank, one in enumerate(ORDER))
    return Case(moved, *known, output_field=IntegerField())


def _seated() -> QuerySet[Registration]:
    """Seats held by a client."""
    return Registration.objects.filter(session=OuterRef("pk"), state__in=SEATED, booking__client__isnull=False)


def _unasked() -> QuerySet[Registration]:
    """Those of a client that has no row."""
    known = SessionClient.objects.filter(session=OuterRef("session_id"), client=OuterRef("booking__client_id"))
    return _seated().filter(~Exists(known))


def current(row: SessionClient, sequence: int) -> str:
    """Where one client stands for the calendar so numbered."""
    return row.standing if row.sequence == sequence else Confirmation.TO_CONFIRM


def _numbered(organisation: int, ids: list[int]) -> QuerySet[Session]:
    mine = SessionClient.objects.filter(
        session=OuterRef("pk"), sequence=OuterRef("calendar_sequence"), standing=Confirmation.PENDING
    )
    first = Subquery(mine.order_by("due_at").values("due_at")[:1])
    rows = Session.objects.filter(organisation_id=organisation, pk__in=ids)
    return annotated(shown(rows)).annotate(due=first)


_NUMBERED: Prepared[Session] = Prepared(_numbered)
