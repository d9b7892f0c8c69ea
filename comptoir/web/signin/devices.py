"""« Mes appareils »: where one is signed in, since when, last act; end one, or all others. Reading writes nothing."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.core.internal.sessionkit import get_session_user
from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = re.compile(r"Windows|Android|iPhone|iPad|Macintosh|Linux")
SYSTEM_NAMES = {"Macintosh": "macOS"}


@dataclass(frozen=True)
class Device:
    """One session, in words."""

    pk: int
    label: str
    source: str
    since: datetime
    acted_at: datetime
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
    rows = [
        Device(one.pk, name_of(one.user_agent), one.ip, one.created_at, one.last_seen_at, one.is_current())
        for one in alive
    ]
    rows.sort(key=lambda row: (not row.is_current, row.since))
    return render(request, "account/devices.html", {"devices": rows, "has_others": len(rows) > 1})


@login_required
@require_POST
def close(request: HttpRequest, device_id: int) -> HttpResponse:
    """End one session of one's own, and no other; one that is over already changes nothing. Its own: sign out."""
    row = UserSession.objects.filter(user_id=request.user.pk, pk=device_id).first()
    if row is None:
        raise Http404
    if row.is_current():
        return redirect("account_logout")
    get_adapter().end_sessions([row])
    messages.success(request, _("La session de %(device)s est fermée.") % {"device": name_of(row.user_agent)})
    return redirect("usersessions_list")


def name_of(user_agent: str) -> str:
    """« Firefox, Windows » from what the browser says of itself; no more is known."""
    browser = next((name for mark, name in BROWSERS if f"{mark}/" in user_agent), _("Navigateur"))
    system = SYSTEMS.search(user_agent)
    return f"{browser}, {SYSTEM_NAMES.get(system[0], system[0])}" if system else browser


def _is_alive(session: Any) -> bool:
    """Not ended, not lapsed, and the person's password and role have not changed since."""
    return session.exists() and get_session_user(session._session_store(session.session_key)) is not None
