"""The doors' first step: which organisation is this address of, and what time is it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, set_script_prefix
from django.utils import timezone

from comptoir.organisations import queries

Handler = Callable[[HttpRequest], HttpResponse]


class OrganisationMiddleware:
    """Finds the organisation by host name, else by the first part of the path.

    In both cases the same addresses follow: the slug becomes the script prefix, so `reverse()` and every
    template are the same for an organisation at its own host and one under a path.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the request inside its organisation, then put the script prefix back."""
        outer = get_script_prefix()
        try:
            self._enter(request, outer)
            return self.get_response(request)
        finally:
            set_script_prefix(outer)

    def _enter(self, request: Any, outer: str) -> None:
        request.at = timezone.now()
        request.organisation = None
        if request.path_info.startswith(("/static/", "/health")):
            return
        request.organisation = queries.by_host(request.get_host().split(":")[0])
        if request.organisation is None:
            self._enter_by_path(request, outer)
        if request.organisation is not None:
            request.urlconf = "comptoir.web.urls"

    def _enter_by_path(self, request: Any, outer: str) -> None:
        slug, _, rest = request.path_info.lstrip("/").partition("/")
        request.organisation = queries.by_slug(slug) if slug else None
        if request.organisation is not None:
            request.path_info = f"/{rest}"
            set_script_prefix(f"{outer}{slug}/")


class DoorMiddleware:
    """Private by default: a page that nobody marked cacheable is never kept by a proxy or a browser (T51)."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add `Cache-Control: private, no-store` where the view said nothing."""
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response
