"""What waits in the assistant, what lies in the bin, and what the folder should be asked about."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from comptoir.base.text import digits
from comptoir.organisations.actors import Actor
from comptoir.preregistrations.models import Request, RequestLine, SpoolFile
from comptoir.preregistrations.states import FileState, RequestState


def _requests(seen_by: Actor) -> QuerySet[Request]:
    if not seen_by.works_intake:
        return Request.objects.none()
    return Request.objects.filter(organisation_id=seen_by.organisation_id)


def waiting(*, seen_by: Actor, text: str = "") -> QuerySet[Request]:
    """Confirmed requests that no run has taken, oldest first; `text` looks in names, address, reference and SIRET."""
    rows = _requests(seen_by).filter(state=RequestState.PENDING, claim="").order_by("confirmed_at", "pk")
    if text:
        like = Q(legal_name__icontains=text) | Q(email__icontains=text) | Q(last_name__icontains=text)
        like |= Q(reference__iexact=text)
        if number := digits(text):
            like |= Q(siret__startswith=number)
        rows = rows.filter(like)
    return rows.select_related("authenticated_client", "chosen_client", "file")


def ready(*, organisation_id: int, ids: Collection[int] | None = None) -> QuerySet[Request]:
    """Requests a run may take: waiting, unclaimed, their file in the spool; `ids` None = all of them."""
    rows = Request.objects.filter(
        organisation_id=organisation_id, state=RequestState.PENDING, claim="", file__state=FileState.IN_SPOOL
    )
    return rows if ids is None else rows.filter(pk__in=list(ids))


def binned(*, seen_by: Actor) -> QuerySet[Request]:
    """The bin, last thrown first."""
    return _requests(seen_by).filter(state=RequestState.BINNED).order_by("-binned_at", "-pk")


def request(request_id: int, *, seen_by: Actor) -> Request | None:
    """One request of the reader's organisation, with what its page shows."""
    rows = _requests(seen_by).select_related("authenticated_client", "chosen_client", "file", "terms", "binned_by")
    return rows.filter(pk=request_id).first()


def lines_of(request_ids: Collection[int]) -> dict[int, list[RequestLine]]:
    """The participants of some requests, with their sessions, in one query."""
    rows = RequestLine.objects.filter(request__in=list(request_ids)).select_related("session__activity", "seat_type")
    found: dict[int, list[RequestLine]] = {}
    for row in rows.order_by("request_id", "position"):
        found.setdefault(row.request_id, []).append(row)
    return found


def waiting_count(*, seen_by: Actor) -> int:
    """How many wait (B3)."""
    return waiting(seen_by=seen_by).count()


def notices(*, seen_by: Actor) -> QuerySet[SpoolFile]:
    """Files missing or set aside that nobody has acknowledged, newest first (T10)."""
    if not seen_by.works_intake:
        return SpoolFile.objects.none()
    rows = SpoolFile.objects.filter(
        organisation_id=seen_by.organisation_id, state__in=(FileState.MISSING, FileState.REJECTED), handled_at=None
    )
    return rows.select_related("request").order_by("-pk")
