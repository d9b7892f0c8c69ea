"""What a client may read of its own requests, in its space (A4)."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from comptoir.preregistrations.models import Request, RequestLine
from comptoir.preregistrations.states import RequestState


def requests(*, client_id: int, organisation_id: int, also: Any = ()) -> QuerySet[Request]:
    """The requests the client sent signed in, and those a person of the organisation gave to it; newest first.

    `also`: ids the desk knows to be the client's, because it was recognised. Never for the client's own eyes (T62).
    """
    mine = Q(authenticated_client_id=client_id) | Q(chosen_client_id=client_id) | Q(pk__in=also)
    found = Request.objects.filter(mine, organisation_id=organisation_id)
    people, sessions = Count("lines"), Count("lines__session", distinct=True)
    return found.annotate(people=people, sessions=sessions).order_by("-recorded_at", "-pk")


def waiting(*, client_id: int, organisation_id: int) -> int:
    """How many of them wait for an answer."""
    mine = Q(authenticated_client_id=client_id) | Q(chosen_client_id=client_id)
    return Request.objects.filter(mine, organisation_id=organisation_id, state=RequestState.PENDING).count()


def lines_of(request: Request) -> list[RequestLine]:
    """The people of a request, with their sessions, in the order they were named."""
    return list(request.lines.select_related("session__activity", "seat_type").order_by("position"))
