"""Public pages kept in memory until something they show changes (ADR 0021 says how one knows)."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response

from comptoir.freshness import queries
from comptoir.freshness.queries import Mark
from comptoir.web.shared.languages import language_of

BASKET = "panier"  # the visitor's own basket: such a visitor is never served from here
OWN = frozenset({BASKET, settings.SESSION_COOKIE_NAME, "messages"})
MOST_PAGES = 256
LARGEST = 200 * 1024
KEPT_FOR = timedelta(seconds=5)  # pages also say what time changes: sales that open and close

type Key = tuple[str, str, str, str]  # host, address, question, language
type Handler = Callable[[HttpRequest], HttpResponse]


@dataclass
class _Page:
    """Whose it is; and, once it was asked a second time, its content, made when the mark was this one."""

    organisation_id: int
    mark: Mark | None = None
    made_at: datetime | None = None
    content: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


_pages: "OrderedDict[Key, _Page]" = OrderedDict()
_lock = Lock()


def may_be_kept(request: HttpRequest) -> bool:
    """Whether this visitor has nothing of their own on our pages."""
    return not (request.COOKIES.keys() & OWN)


def keep(response: HttpResponse, organisation_id: int) -> None:
    """This page is the same for whoever has no cookie of ours, and shows only what is watched."""
    response.kept_of = organisation_id  # type: ignore[attr-defined]


def forget_all() -> None:
    """Nothing is kept any more."""
    with _lock:
        _pages.clear()


class KeptPagesMiddleware:
    """Answers a kept page by one light statement; makes it again when something it shows has changed."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The page, kept or made."""
        if request.method not in ("GET", "HEAD") or "HX-Request" in request.headers or not may_be_kept(request):
            return self.get_response(request)
        key = (
            request.headers.get("Host", ""),
            request.path_info,
            request.META.get("QUERY_STRING", ""),
            language_of(request),
        )
        page, now = _pages.get(key), timezone.now()
        if page is None:  # whose it is is not known yet: the mark cannot be read before it is made
            response = self.get_response(request)
            if organisation_id := getattr(response, "kept_of", 0):
                _put(key, _Page(organisation_id))
            return response
        mark = queries.mark(page.organisation_id)
        if mark == page.mark and page.made_at and timedelta(0) <= now - page.made_at < KEPT_FOR:
            return _answer(request, page)
        response = self.get_response(request)
        if getattr(response, "kept_of", 0) == page.organisation_id and response.status_code == 200:
            _put(key, _made(page.organisation_id, mark, now, response))
        elif response.status_code != 304:
            _drop(key)
        return response


def _made(organisation_id: int, mark: Mark, now: datetime, response: Any) -> _Page:
    if len(response.content) > LARGEST or response.cookies:
        return _Page(organisation_id)
    return _Page(organisation_id, mark, now, response.content, dict(response.headers))


def _answer(request: HttpRequest, page: _Page) -> HttpResponse:
    response = HttpResponse(page.content, headers=page.headers)
    found = get_conditional_response(request, etag=page.headers.get("ETag"), response=response)
    return found or response


def _put(key: Key, page: _Page) -> None:
    with _lock:
        _pages[key] = page
        _pages.move_to_end(key)
        while len(_pages) > MOST_PAGES:
            _pages.popitem(last=False)


def _drop(key: Key) -> None:
    with _lock:
        _pages.pop(key, None)
