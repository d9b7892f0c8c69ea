"""What frames public pages: the same for many visitors, so kept by all that it shows."""

from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from comptoir.web.shared.links import Links, page, page_or_root, ways

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
    """The foot of a public page: how to reach the organisation, its legal pages (`legal_links`), the other language."""
    here = context.get("organisation")
    reached = (here.name, here.phone, here.contact_email) if here else ("", "", "")
    foot = _foot(*reached, context.get("legal_links", ()), get_language())
    return format_html('<footer class="colophon">{}<div class="wrap">{}</div></footer>', foot, languages(context))


@register.simple_tag(takes_context=True)
def languages(context: Context) -> SafeString:
    """The way to this page in the other language, written in that language: a form, which changes no address."""
    request = context.get("request")
    here = request.get_full_path() if request is not None and request.method in ("GET", "HEAD") else ""
    form = _choice(page("language"), get_language())
    return format_html('{}<input type="hidden" form="langue" name="next" value="{}">', form, here)


@lru_cache(maxsize=1024)
def _choice(address: str, active: str | None) -> SafeString:
    others = [(code, name) for code, name in settings.LANGUAGES if code != active]
    said = {"address": address, "others": others}
    return render_to_string("shared/_languages.html", said)


@lru_cache(maxsize=512)
def _foot(name: str, phone: str, email: str, links: Links, _language: str | None) -> SafeString:
    said = {"name": name, "phone": phone, "email": email, "links": links}
    return render_to_string("shared/_colophon.html", said)
