"""Addresses that do not change: of pages, and the links at the foot of public pages."""

from functools import lru_cache
from typing import Any

from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

type Links = tuple[tuple[str, str], ...]  # address, words


def page(name: str) -> str:
    """The address, here, of a page that takes nothing but the organisation it is in. Raises: NoReverseMatch."""
    return _page(get_script_prefix(), get_urlconf(), name)


@lru_cache(maxsize=8192)
def _page(_prefix: str, urlconf: str | None, name: str) -> str:
    return reverse(name, urlconf)


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
