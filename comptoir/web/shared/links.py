"""Addresses that do not change: of pages, and the links at the foot of public pages."""

from functools import lru_cache
from typing import Any

from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

type Links = tuple[tuple[str, str], ...]  # address, words


def page(name: str) -> str:
    """The address, here, of a page that takes nothing but the organisation it is in. Raises: NoReverseMatch."""
    return _page(get_script_prefix(), get_urlconf(), name)


@lru_cache(maxsize=8192)
def _page(_prefix: str, urlconf: str | None, name: str) -> str:
    return reverse(name, urlconf)


def page_or_root(name: str) -> str:
    """The same, and the root where there is no such page: the platform has no counter."""
    try:
        return page(name)
    except NoReverseMatch:
        return "/"


def ways(organisation: Any, ours: str) -> Links:
    """What the head of a public page leads to; `ours` is what the organisation calls its catalogue."""
    is_asked = organisation is not None and bool(organisation.takes_cover or organisation.takes_courses)
    return _ways(get_script_prefix(), get_urlconf(), get_language(), ours, is_asked, organisation is not None)


@lru_cache(maxsize=512)
def _ways(
    _prefix: str, _urlconf: str | None, _language: str | None, ours: str, is_asked: bool, has_space: bool
) -> Links:
    links = [(page_or_root("counter:catalogue"), ours)]
    if is_asked:
        links.append((page("counter:enquiry"), _("Demander une intervention")))
    if has_space:
        links.append((page("portal:home"), _("Espace client")))
    return tuple(links)


def legal_links(organisation: Any) -> Links:
    """What the colophon shows."""
    where = get_script_prefix(), get_urlconf(), get_language()
    return _links(*where, bool(organisation.takes_cover or organisation.takes_courses), bool(organisation.legal_notice))


@lru_cache(maxsize=512)  # the same on each page of an organisation
def _links(_prefix: str, _urlconf: str | None, _language: str | None, is_asked: bool, has_notice: bool) -> Links:
    links = [
        (page("portal:home"), _("Espace client")),
        (page("counter:terms"), _("Conditions générales de vente")),
    ]
    if is_asked:
        links.insert(0, (page("counter:enquiry"), _("Demander une intervention")))
    if has_notice:
        links.append((page("counter:legal"), _("Mentions légales")))
    return tuple(links)
