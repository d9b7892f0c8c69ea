"""« Confirmation dates client » of sessions (D9), in the database's own words: for a list, a filter, a count.

Several clients: Décliné if one declined, else the least advanced. Who is a client: chosen, or with a seat held.
"""

from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from comptoir.base.prepared import Prepared
from comptoir.bookings.models import Registration
from comptoir.bookings.states import SEATED
from comptoir.catalogue.models import Session
from comptoir.catalogue.states import SessionState
from comptoir.proposals.models import SessionClient
from comptoir.proposals.states import Confirmation

NONE, OVERDUE = "", "overdue"  # no client, or cancelled | awaited beyond the deadline: also counted as pending


def annotated(sessions: QuerySet[Session]) -> QuerySet[Session]:
    """The same rows, with `confirmation` (a Confirmation, or NONE)."""
    return sessions.annotate(confirmation=_confirmation())


def narrowed(sessions: QuerySet[Session], wanted: str, *, at: datetime) -> QuerySet[Session]:
    """Those whose clients stand so; OVERDUE: those of which an answer is late."""
    if wanted == OVERDUE:
        return sessions.filter(_late(at)).exclude(state=SessionState.CANCELLED)
    some = SessionClient.objects.filter(session=OuterRef("pk"), sequence=OuterRef("calendar_sequence"), standing=wanted)
    known = sessions if wanted == Confirmation.TO_CONFIRM else sessions.filter(Exists(some))  # few, and looked at first
    rows: Any = annotated(known)
    found: QuerySet[Session] = rows.filter(confirmation=wanted)
    return found


def counts(sessions: QuerySet[Session], *, at: datetime) -> dict[str, int]:
    """How many sessions stand so, for each value, NONE and OVERDUE, all there; one statement however many rows.

    All but OVERDUE, which are also pending, make up the whole.
    """
    rows: Any = annotated(sessions.order_by())
    late = Count("pk", filter=_late(at) & ~Q(state=SessionState.CANCELLED))
    found = rows.values_list("confirmation").annotate(n=Count("pk"), late=late).order_by()
    told = {standing: (n, overdue) for standing, n, overdue in found}
    return {one: told.get(one, (0, 0))[0] for one in (NONE, *Confirmation.values)} | {
        OVERDUE: sum(overdue for _n, overdue in told.values())
    }


def of_sessions(session_ids: list[int], *, at: datetime) -> dict[int, tuple[str, bool]]:
    """Session → where its clients stand, and whether an answer is late; one statement for a page."""
    rows: Any = _OF_PAGE.all(ids=session_ids)
    return {one.pk: (one.confirmation, bool(one.confirmation and one.due and one.due < at)) for one in rows}


@cache
def _confirmation() -> Case:
    mine = SessionClient.objects.filter(session=OuterRef("pk")).order_by()
    standing = mine.filter(sequence=OuterRef("calendar_sequence"))
    return Case(
        When(state=SessionState.CANCELLED, then=Value(NONE)),
        When(Exists(standing.filter(standing=Confirmation.DECLINED)), then=Value(Confirmation.DECLINED.value)),
        When(Exists(_unwritten(mine)) | Exists(_unasked()), then=Value(Confirmation.TO_CONFIRM.value)),
        When(Exists(standing.filter(standing=Confirmation.PENDING)), then=Value(Confirmation.PENDING.value)),
        When(Exists(standing.filter(standing=Confirmation.CONFIRMED)), then=Value(Confirmation.CONFIRMED.value)),
        default=Value(NONE),
        output_field=CharField(),
    )


def _unwritten(mine: QuerySet[SessionClient]) -> QuerySet[SessionClient]:
    """Clients with a row to whom nothing was sent, or since whose answer the dates moved."""
    return mine.filter(~Q(sequence=OuterRef("calendar_sequence")) | Q(standing=Confirmation.TO_CONFIRM))


def _unasked() -> QuerySet[Registration]:
    """Seats held by a client that has no row."""
    known = SessionClient.objects.filter(session=OuterRef("session_id"), client=OuterRef("booking__client_id"))
    rows = Registration.objects.filter(session=OuterRef("pk"), state__in=SEATED, booking__client__isnull=False)
    return rows.filter(~Exists(known))


def _late(at: datetime) -> Exists:
    return Exists(
        SessionClient.objects.filter(
            session=OuterRef("pk"), sequence=OuterRef("calendar_sequence"), standing=Confirmation.PENDING, due_at__lt=at
        )
    )


def current(row: SessionClient, sequence: int) -> str:
    """Where one client stands for the calendar so numbered."""
    return row.standing if row.sequence == sequence else Confirmation.TO_CONFIRM


def _of_page(ids: list[int]) -> QuerySet[Session]:
    mine = SessionClient.objects.filter(
        session=OuterRef("pk"), sequence=OuterRef("calendar_sequence"), standing=Confirmation.PENDING
    )
    first = Subquery(mine.order_by("due_at").values("due_at")[:1])
    return annotated(Session.objects.filter(pk__in=ids)).annotate(due=first).only("pk")


_OF_PAGE: Prepared[Session] = Prepared(_of_page)
