"""What frames public pages: the same for many visitors, so kept by all that it shows."""

from functools import lru_cache
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from comptoir.web.shared.links import Links, page_or_root, ways

register = template.Library()


@register.simple_tag(takes_context=True)
def masthead(context: Context) -> SafeString:
    """The head of a public page: the organisation, what it offers, the basket with how many are in it."""
    here = context.get("organisation")
    ours = str(context["offering"].ours)
    where = page_or_root("counter:catalogue"), page_or_root("counter:basket")
    shown = here.name if here else "", context.get("logo_url", ""), int(context.get("basket_count") or 0)
    return _masthead(*where, *shown, ways(here, ours), get_language())


@lru_cache(maxsize=1024)
def _masthead(
    home: str, basket: str, name: str, logo: str, count: int, links: Links, _language: str | None
) -> SafeString:
    said = {"home": home, "basket": basket, "name": name, "logo": logo, "count": count, "links": links}
    return render_to_string("shared/_masthead.html", said)


@register.simple_tag
def step_bar(steps: list[dict[str, Any]]) -> SafeString:
    """The steps of the counter as `_steps.html` shows them: the same few bars for every visitor."""
    return _bar(tuple((str(one["label"]), one["state"], one["url"]) for one in steps), get_language())


@lru_cache(maxsize=1024)  # an organisation has a dozen, at its own addresses
def _bar(steps: tuple[tuple[str, str, str], ...], _language: str | None) -> SafeString:
    listed = [{"label": label, "state": state, "url": url} for label, state, url in steps]
    return render_to_string("shared/_steps.html", {"steps": listed})


@register.simple_tag(takes_context=True)
def colophon(context: Context) -> SafeString:
    """The foot of a public page: how to reach the organisation, and its legal pages (`legal_links`)."""
    here = context.get("organisation")
    reached = (here.name, here.phone, here.contact_email) if here else ("", "", "")
    return _foot(*reached, context.get("legal_links", ()), get_language())


@lru_cache(maxsize=512)
def _foot(name: str, phone: str, email: str, links: Links, _language: str | None) -> SafeString:
    said = {"name": name, "phone": phone, "email": email, "links": links}
    return render_to_string("shared/_colophon.html", said)
