"""Who is behind a public request, as the server knows it: a client's contact, or nobody in particular (A4)."""

from typing import Any

from comptoir.clients import access
from comptoir.clients.access import Reader
from comptoir.organisations.actors import Actor, visitor


def reader_of(request: Any) -> Reader | None:
    """The client contact signed in here; None costs nothing for a visitor without a session."""
    if not request.user.is_authenticated:
        return None
    return access.reader_of(request.user.pk, organisation_id=request.organisation.pk)


def actor_for(request: Any, reader: Reader | None) -> Actor:
    """Who acts: the contact by name, else a visitor."""
    if reader is None:
        return visitor(request.organisation.pk)
    return Actor(request.organisation.pk, request.user.full_name, request.user.pk)
