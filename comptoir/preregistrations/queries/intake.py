"""What waits in the assistant, what lies in the bin, and what the folder should be asked about."""

from collections.abc import Collection
from datetime import datetime
from itertools import batched

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from comptoir.base.errors import Missing
from comptoir.catalogue.models import SeatType, Session
from comptoir.clients.keys import search_words
from comptoir.organisations.actors import Actor
from comptoir.preregistrations.models import Request, RequestLine, SpoolFile
from comptoir.preregistrations.states import FileState, RequestState

CHUNK = 5000  # ids in one statement


def _requests(seen_by: Actor) -> QuerySet[Request]:
    if not seen_by.works_intake:
        return Request.objects.none()
    return Request.objects.filter(organisation_id=seen_by.organisation_id)


def requests(*, seen_by: Actor, text: str = "") -> QuerySet[Request]:
    """Every confirmed request, whatever became of it, last received first; `text` as in `waiting`."""
    rows = _requests(seen_by).exclude(state=RequestState.RECORDED).order_by("-confirmed_at", "-pk")
    return _matching(rows, text)


def waiting(*, seen_by: Actor, text: str = "") -> QuerySet[Request]:
    """Confirmed requests that no run has taken, oldest first.

    `text`: words of the client, requester, participants, address, reference or SIRET, in any case and accent.
    """
    rows = _requests(seen_by).filter(state=RequestState.PENDING, claim="").order_by("confirmed_at", "pk")
    return _matching(rows, text).select_related("authenticated_client", "chosen_client", "file")


def _matching(rows: QuerySet[Request], text: str) -> QuerySet[Request]:
    for word in search_words(text):
        rows = rows.filter(search_key__contains=word)
    return rows


def ready(
    *, organisation_id: int, ids: Collection[int] | None = None, until: datetime | None = None
) -> QuerySet[Request]:
    """Requests a run may take: waiting, unclaimed, their file in the spool.

    `ids` None = all of them; `until`: only those confirmed by then, such as those a person has seen.
    """
    rows = Request.objects.filter(
        organisation_id=organisation_id, state=RequestState.PENDING, claim="", file__state=FileState.IN_SPOOL
    )
    if until is not None:
        rows = rows.filter(confirmed_at__lte=until)
    return rows if ids is None else rows.filter(pk__in=list(ids))


def ready_count(*, ids: Collection[int] | None = None, until: datetime | None = None, seen_by: Actor) -> int:
    """How many a run would take."""
    if not seen_by.works_intake:
        return 0
    if ids is None and until is None:
        return waiting_count(seen_by=seen_by) - _lost_count(seen_by)
    groups = [None] if ids is None else list(batched(sorted(ids), CHUNK))
    found = (ready(organisation_id=seen_by.organisation_id, ids=some, until=until) for some in groups)
    return sum(rows.count() for rows in found)


def last_confirmed_at(*, seen_by: Actor) -> datetime | None:
    """When the newest waiting request was confirmed: what comes after it was not on the page."""
    rows = waiting(seen_by=seen_by).order_by("-confirmed_at", "-pk")
    return rows.values_list("confirmed_at", flat=True).first()


def _lost_count(seen_by: Actor) -> int:
    """Waiting requests without their file: few, and found by the ledger's own index."""
    lost = SpoolFile.objects.filter(organisation_id=seen_by.organisation_id, request__state=RequestState.PENDING)
    return (
        lost.filter(request__claim="")
        .exclude(state__in=(FileState.IN_SPOOL, FileState.ARCHIVED, FileState.TO_ERASE, FileState.ERASED))
        .count()
    )


def without_file(*, ids: Collection[int] | None = None, seen_by: Actor) -> QuerySet[Request]:
    """Waiting requests that no run can take, their file being gone or set aside; oldest first."""
    rows = waiting(seen_by=seen_by).exclude(file__state=FileState.IN_SPOOL)
    return rows if ids is None else rows.filter(pk__in=list(ids))


def ids_of(references: Collection[str], *, seen_by: Actor) -> list[int]:
    """The ids of these references, those of the reader's organisation only."""
    return list(_requests(seen_by).filter(reference__in=list(references)).values_list("pk", flat=True))


def binned(*, seen_by: Actor) -> QuerySet[Request]:
    """The bin, last thrown first."""
    return _requests(seen_by).filter(state=RequestState.BINNED).order_by("-binned_at", "-pk")


def request(request_id: int, *, seen_by: Actor) -> Request | None:
    """One request of the reader's organisation, with what its page shows."""
    return _whole(seen_by).filter(pk=request_id).first()


def called(reference: str, *, seen_by: Actor) -> Request:
    """The same, by its reference. Refuses: Missing."""
    found = _whole(seen_by).filter(reference=reference).exclude(state=RequestState.RECORDED).first()
    if found is None:
        raise Missing(_("Cette pré-inscription n’existe pas."))
    return found


def _whole(seen_by: Actor) -> QuerySet[Request]:
    return _requests(seen_by).select_related("authenticated_client", "chosen_client", "file", "terms", "binned_by")


def taken(ids: Collection[int], *, seen_by: Actor) -> list[tuple[str, str]]:
    """Reference and run of those of these requests that a run took."""
    found: list[tuple[str, str]] = []
    for some in batched(sorted(ids), CHUNK):
        rows = _requests(seen_by).filter(pk__in=some).exclude(claim="").order_by("pk")
        found += rows.values_list("reference", "claim")
    return found


def binned_among(ids: Collection[int], *, seen_by: Actor) -> list[tuple[str, str, datetime]]:
    """Reference, author and moment of those of these requests that lie in the bin."""
    found: list[tuple[str, str, datetime]] = []
    for some in batched(sorted(ids), CHUNK):
        rows = _requests(seen_by).filter(pk__in=some, state=RequestState.BINNED).order_by("pk")
        found += [(name, by, at) for name, by, at in rows.values_list("reference", "binned_by_name", "binned_at") if at]
    return found


def lines_of(request_ids: Collection[int]) -> dict[int, list[RequestLine]]:
    """The participants of some requests, with session, activity and rate, in three queries.

    Each session is one object shared by its lines: for a batch of thousands that is half the time.
    """
    rows = list(RequestLine.objects.filter(request__in=list(request_ids)).order_by("request_id", "position"))
    wanted = {row.session_id for row in rows}
    sessions = Session.objects.filter(pk__in=wanted).select_related("activity").in_bulk()
    rates = SeatType.objects.in_bulk({row.seat_type_id for row in rows if row.seat_type_id})
    found: dict[int, list[RequestLine]] = {}
    for row in rows:
        row.session = sessions[row.session_id]
        if row.seat_type_id:
            row.seat_type = rates[row.seat_type_id]
        found.setdefault(row.request_id, []).append(row)
    return found


def waiting_count(*, seen_by: Actor) -> int:
    """How many wait (B3)."""
    return waiting(seen_by=seen_by).order_by().count()


def notices(*, seen_by: Actor) -> QuerySet[SpoolFile]:
    """Files missing or set aside that nobody has acknowledged, newest first (T10)."""
    if not seen_by.works_intake:
        return SpoolFile.objects.none()
    rows = SpoolFile.objects.filter(
        organisation_id=seen_by.organisation_id, state__in=(FileState.MISSING, FileState.REJECTED), handled_at=None
    )
    return rows.select_related("request").order_by("-pk")
