"""A session ends by itself: two hours without a page, or a working day after the sign-in (T63)."""

import hashlib
import time
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.web.signin.adapter import SIGNED_IN_AT

COOKIE = "seen"
Handler = Callable[[HttpRequest], HttpResponse]


class SessionEndMiddleware:
    """Keeps « last seen » in a signed cookie bound to the session, so that reading a page writes nothing (T64).

    A stolen session cookie does not help: without its `seen` cookie, or with an old one, the session is over.
    Sessions that did not begin at the sign-in page carry no hour of birth and are left alone.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.signer = signing.TimestampSigner(salt="comptoir.web.signin.seen")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End the session if it is over, serve, and note that the person was there."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            if self._is_over(request):
                logout(request)
                messages.info(request, _("Votre session était terminée\u00a0: identifiez-vous pour continuer."))
            elif request.method == "POST" and SIGNED_IN_AT in request.session:
                _note_act(request)
        response = self.get_response(request)
        if request.session.accessed and SIGNED_IN_AT in request.session:
            self._mark(request, response)
        return response

    def _is_over(self, request: HttpRequest) -> bool:
        signed_in_at = request.session.get(SIGNED_IN_AT)
        if signed_in_at is None or SESSION_KEY not in request.session:
            return False
        if time.time() - signed_in_at > settings.SESSION_COOKIE_AGE:
            return True
        try:
            seen = self.signer.unsign(request.COOKIES.get(COOKIE, ""), max_age=settings.SESSION_IDLE_SECONDS)
        except signing.BadSignature:
            return True
        return seen != _mark_of(request)

    def _mark(self, request: HttpRequest, response: HttpResponse) -> None:
        if "public" in response.headers.get("Cache-Control", ""):
            return  # what proxies keep for everybody carries no cookie
        value = self.signer.sign(_mark_of(request))
        response.set_cookie(COOKIE, value, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax")


def _note_act(request: HttpRequest) -> None:
    """« Dernier acte » of the list of devices: reading writes nothing, so only an act is noted."""
    UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=timezone.now())


def _mark_of(request: HttpRequest) -> str:
    return hashlib.sha256((request.session.session_key or "").encode()).hexdigest()[:32]
