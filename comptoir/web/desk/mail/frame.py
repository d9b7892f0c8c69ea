"""A mail's HTML as its reader sees it, in a frame that runs nothing, fetches nothing and submits nothing."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils.csp import CSP
from django.utils.html import format_html_join
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override

View = Callable[..., HttpResponse]
# Styles are inline in a mail; everything else is shut, and `sandbox` holds even when the page is opened by itself.
_POLICY: dict[str, Any] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.UNSAFE_INLINE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.NONE],
    "frame-ancestors": [CSP.SELF],
    "sandbox": True,
}


def framed(view: View) -> View:
    """The view's answer may be shown in a frame of ours, shut up in its own policy."""
    shut: View = csp_override(_POLICY)(xframe_options_sameorigin(view))
    return shut


def page(html: str) -> HttpResponse:
    """The mail itself."""
    return HttpResponse(html)


def sentences(words: list[str]) -> HttpResponse:
    """What keeps a mail from being shown, in its place."""
    lines = format_html_join("", '<p style="margin:16px;font:16px/1.5 sans-serif">{}</p>', ((one,) for one in words))
    return HttpResponse(lines, status=422)
