"""« Des inscriptions sont en attente de gestion »: once per sign-in, by a cookie: reading writes nothing."""

import hashlib
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse

from comptoir.preregistrations.queries import intake

COOKIE = "offered"


def offer(request: Any) -> dict[str, Any] | None:
    """What waits (B3): how many, since when. None when nothing does, or when it was said since the sign-in."""
    if request.COOKIES.get(COOKIE) == _visit(request):
        return None
    count = intake.waiting_count(seen_by=request.actor)
    return {"count": count, "oldest": oldest(request)} if count else None


def oldest(request: Any) -> datetime | None:
    """When the request that waits longest was confirmed."""
    first: datetime | None = intake.waiting(seen_by=request.actor).values_list("confirmed_at", flat=True).first()
    return first


def note_said(request: Any, response: HttpResponse) -> None:
    """The question was shown: not again before the next sign-in, in this organisation."""
    response.set_cookie(
        COOKIE, _visit(request), path=request.organisation_prefix, secure=settings.SESSION_COOKIE_SECURE, httponly=True,
        samesite="Lax",
    )  # fmt: skip


def _visit(request: Any) -> str:
    """This sign-in, as nothing secret: the session gets a new key at each."""
    return hashlib.sha256(f"offered {request.session.session_key}".encode()).hexdigest()[:24]
