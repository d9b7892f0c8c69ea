"""The doors' first step: which organisation is this address of, what time is it, and in which language."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.urls import get_script_prefix, set_script_prefix
from django.utils import timezone, translation

from comptoir.organisations import queries
from comptoir.organisations.slugs import RESERVED
from comptoir.web.shared.languages import language_of
from comptoir.web.shared.sources import source_of

Handler = Callable[[HttpRequest], HttpResponse]
_NOBODYS = frozenset({"static", "health"})  # the same at every host, and without a query
_PLATFORM_HOST = urlsplit(settings.PUBLIC_URL).hostname


def _check_readable(request: HttpRequest) -> None:
    """No address holds the one character no database keeps: 400, not a fault of ours (T78)."""
    if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
        raise BadRequest("NUL in the address")


class OrganisationMiddleware:
    """Finds the organisation by host name, else by the first part of the path.

    In both cases the same addresses follow: the slug becomes the script prefix, so `reverse()` and every
    template are the same for an organisation at its own host and one under a path.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request inside its organisation, then put the script prefix back."""
        _check_readable(request)
        outer = get_script_prefix()
        try:
            self._enter(request, outer)
            with timezone.override(self._zone(request)):
                return self.get_response(request)
        finally:
            set_script_prefix(outer)

    def _zone(self, request: Any) -> str:
        """People of an organisation read moments in its own time."""
        return request.organisation.time_zone if request.organisation else settings.TIME_ZONE

    def _enter(self, request: Any, outer: str) -> None:
        request.at = timezone.now()
        translation.activate(language_of(request))
        structlog.contextvars.bind_contextvars(ip=source_of(request))  # first: nobody is logged under another's
        request.organisation = None
        request.at_own_host = False
        request.platform_prefix = request.organisation_prefix = outer
        slug, _, rest = request.path_info.lstrip("/").partition("/")
        if slug in _NOBODYS:
            return
        host, _port = split_domain_port(request.get_host())
        if host != _PLATFORM_HOST:
            request.organisation = queries.by_host(host)
            request.at_own_host = request.organisation is not None
        if request.organisation is None and slug and slug not in RESERVED:
            self._enter_by_path(request, outer, slug, rest)
        if request.organisation is not None:
            request.urlconf = settings.ORGANISATION_URLCONF

    def _enter_by_path(self, request: Any, outer: str, slug: str, rest: str) -> None:
        request.organisation = queries.by_slug(slug)
        if request.organisation is not None:
            request.path_info = f"/{rest}"
            request.organisation_prefix = f"{outer}{slug}/"
            set_script_prefix(request.organisation_prefix)


class DoorMiddleware:
    """Private by default: a page that nobody marked cacheable is never kept by a proxy or a browser (T51)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add `Cache-Control: private, no-store` where the view said nothing, and the language."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language())
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response
