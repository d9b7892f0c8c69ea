"""Absolute addresses of the counter's pages, for feeds, search engines and other sites (never from Host: T43)."""

from typing import Any
from urllib.parse import urlencode

from django.urls import get_script_prefix, reverse

from comptoir.organisations import addresses


def absolute(organisation: Any, name: str, *, query: dict[str, str] | None = None, **parts: Any) -> str:
    """The address of `counter:<name>` as anybody may follow it."""
    inside = reverse(f"counter:{name}", kwargs=parts, query=query).removeprefix(get_script_prefix())
    return addresses.page(organisation, inside)


def session_address(organisation: Any, session: Any, page: str = "") -> str:
    """The page of its activity (when the caller knows it, `page`), at this very session."""
    page = page or absolute(organisation, "activity", slug=session.activity.slug)
    return f"{page}?{urlencode({'session': session.reference})}#dates"
