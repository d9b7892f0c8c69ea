"""Absolute addresses of the counter's pages, for feeds, search engines and other sites (never from Host: T43)."""

from typing import Any

from django.urls import get_script_prefix, reverse

from comptoir.organisations import addresses


def absolute(organisation: Any, name: str, *, query: dict[str, str] | None = None, **parts: Any) -> str:
    """The address of `counter:<name>` as anybody may follow it."""
    inside = reverse(f"counter:{name}", kwargs=parts, query=query).removeprefix(get_script_prefix())
    return addresses.page(organisation, inside)


def session_address(organisation: Any, session: Any) -> str:
    """The page of its activity, at this very session."""
    query = {"session": session.reference}
    return absolute(organisation, "activity", slug=session.activity.slug, query=query) + "#dates"
