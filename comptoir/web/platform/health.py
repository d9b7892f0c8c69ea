"""/health: whether this deployment can take and keep requests. Words and counts only: anybody may ask."""

import os
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from comptoir.base import heartbeat
from comptoir.mail import queries as mail
from comptoir.organisations import queries as organisations
from comptoir.preregistrations.folder import spool_of


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 when requests are kept; 503 when they are not. `degraded` (200): they are, and something else is late."""
    here: Any = request
    checks = {"database": _database()}
    if checks["database"] == "ok":
        checks |= {"spool": _spool(), "mail": _mail(here), "rounds": _rounds(here)}
    broken = "broken" in (checks["database"], checks.get("spool"))
    late = any(state != "ok" for state in checks.values())
    status = "broken" if broken else "degraded" if late else "ok"
    response = JsonResponse({"status": status, "checks": checks}, status=503 if broken else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "broken"
    return "ok"


def _spool() -> str:
    """Every active organisation's `Résa` can be written, or made where it is ours to make."""
    return "ok" if all(_is_usable(one) for one in organisations.all_active()) else "broken"


def _is_usable(organisation: Any) -> bool:
    root = spool_of(organisation).root
    while not root.exists() and not organisation.spool_folder and root != root.parent:
        root = root.parent
    return root.is_dir() and os.access(root, os.R_OK | os.W_OK | os.X_OK)


def _mail(request: Any) -> str:
    return "late" if mail.backlog(at=request.at).is_slow else "ok"


def _rounds(request: Any) -> str:
    pulse = heartbeat.read(settings.DATA_DIR, at=request.at)
    return "ok" if pulse.is_alive and not pulse.ill_rounds else "silent" if not pulse.is_alive else "ill"
