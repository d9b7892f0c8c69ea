"""« Mes appareils »: where one is signed in, and the button that ends the others. Reading the list writes nothing."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.core.internal.sessionkit import get_session_user
from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = re.compile(r"Windows|Android|iPhone|iPad|Macintosh|Linux")
SYSTEM_NAMES = {"Macintosh": "macOS"}


@dataclass(frozen=True)
class Device:
    """One session, in words."""

    label: str
    source: str
    since: datetime
    is_current: bool


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def devices(request: HttpRequest) -> HttpResponse:
    """List the sessions alive; POST ends all but this one."""
    alive = [one for one in UserSession.objects.filter(user_id=request.user.pk) if _is_alive(one)]
    if request.method == "POST":
        get_adapter().end_sessions([one for one in alive if not one.is_current()])
        messages.success(request, _("Les autres sessions sont fermées."))
        return redirect("usersessions_list")
    rows = [Device(name_of(one.user_agent), one.ip, one.created_at, one.is_current()) for one in alive]
    rows.sort(key=lambda row: (not row.is_current, row.since))
    return render(request, "account/devices.html", {"devices": rows, "has_others": len(rows) > 1})


def name_of(user_agent: str) -> str:
    """« Firefox, Windows » from what the browser says of itself; no more is known."""
    browser = next((name for mark, name in BROWSERS if f"{mark}/" in user_agent), _("Navigateur"))
    system = SYSTEMS.search(user_agent)
    return f"{browser}, {SYSTEM_NAMES.get(system[0], system[0])}" if system else browser


def _is_alive(session: Any) -> bool:
    """Not ended, not lapsed, and the person's password and role have not changed since."""
    return session.exists() and get_session_user(session._session_store(session.session_key)) is not None
