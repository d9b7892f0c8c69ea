"""Words and small pieces for templates: amounts, dates, icons, states, addresses with one thing changed."""

from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

import heroicons
from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe

from comptoir.base import words
from comptoir.web.shared import questions
from comptoir.web.shared.cells import drawn
from comptoir.web.shared.status import tone

register = template.Library()
register.simple_tag(questions.question)
register.simple_tag(questions.notes)


@register.filter
def labels(label: object, said: object) -> str:
    """« Lieu : Nantes »."""
    return words.labelled(label, said)


@register.filter
def money(cents: int | str | None) -> str:
    """« 1 250,00 € » from cents; nothing from nothing."""
    return "" if cents in (None, "") else words.money(int(cents))


@register.filter
def thousands(number: int | str | None) -> str:
    """« 12 500 »."""
    return "" if number in (None, "") else words.thousands(int(number))


@register.filter
def vat(basis_points: int | str | None) -> str:
    """« 20 % » from basis points."""
    return "" if basis_points in (None, "") else words.vat(int(basis_points))


@register.filter
def day(value: date | None) -> str:
    """« lundi 7 décembre 2026 »."""
    return words.day(value) if value else ""


@register.filter
def day_short(value: date | None) -> str:
    """« 7 déc. 2026 »."""
    return words.day_short(value) if value else ""


@register.filter
def hour(value: time | datetime | None) -> str:
    """« 9 h »."""
    return "" if value is None else words.hour(value)


@register.filter
def moment(value: datetime | None) -> str:
    """« lundi 7 décembre 2026 à 9 h 05 »."""
    return words.moment(value) if value else ""


@register.filter
def moment_short(value: datetime | None) -> str:
    """« 7 déc. 2026, 9 h 05 »."""
    return words.moment_short(value) if value else ""


@register.filter
def phone(text: object) -> str:
    """« 04 78 12 34 56 »."""
    return words.phone(str(text)) if text else ""


@register.filter
def french(text: object) -> str:
    """What people typed, with French spacing before : ; ! ? and inside « »."""
    return words.french(str(text)) if text else ""


@register.filter
def plural_fr(count: int, endings: str = "s") -> str:
    """The ending that goes with a count: « s » by default, or « al,aux »."""
    one, many = endings.split(",") if "," in endings else ("", endings)
    return many if words.is_plural(int(count)) else one


@register.filter
def pieces(text: str) -> list[int]:
    """« 25,50,100 » as numbers."""
    return [int(one) for one in text.split(",")]


@register.simple_tag
def hours(start: time | datetime, end: time | datetime) -> str:
    """« 9 h – 12 h 30 »."""
    return words.hours(start, end)


@register.simple_tag
def span(first: date, last: date | None = None) -> str:
    """« du 7 au 9 décembre 2026 »."""
    return words.span(first, last or first)


@register.simple_tag
def icon(name: str, style: str = "mini") -> SafeString:
    """A heroicon drawn in the text's colour, hidden from screen readers: the words beside it speak."""
    return _icon(str(name), str(style))


@lru_cache(maxsize=256)
def _icon(name: str, style: str) -> SafeString:
    svg = heroicons._render_icon(style, name, 20, {"class": "icon", "aria_hidden": "true", "focusable": "false"})
    return mark_safe(svg)  # noqa: S308 drawn by the heroicons package from its own files


@register.simple_tag
def status(state: Any, label: str = "", kind: str = "", boxed: bool = False) -> SafeString:
    """A state as word, shape and hue. `label` when the state is a bare code, `kind` to choose the tone."""
    return _drawn(str(label or getattr(state, "label", state)), kind or tone(str(state)), bool(boxed))


@lru_cache(maxsize=2048)  # a list says the same few states fifty times
def _drawn(label: str, tone: str, boxed: bool) -> SafeString:
    return render_to_string("shared/_status.html", {"label": label, "tone": tone, "boxed": boxed})


@register.simple_tag
def cells(row: Any) -> SafeString:
    """The cells of a table's row. Here, since a template takes as long for each of them as the cell takes to draw."""
    return drawn(row)


@register.inclusion_tag("shared/_date_block.html")
def date_block(value: date) -> dict[str, Any]:
    """A day as typography: weekday, figure, month."""
    value = words.local(value)
    weekday = date_format(value, "D") + ("." if words.is_french() else "")
    return {"value": value, "weekday": weekday, "month": words.month_short(value)}


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: Any) -> str:
    """The current query string with some keys set, or removed when None; ready to be an href."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value is not None:
            query[key] = value
    return f"?{query.urlencode()}" if query else "?"


@register.simple_tag(takes_context=True)
def query_without(context: Context, key: str, value: str) -> str:
    """The current query string less one value of one key, and back on the first page: a filter's cross."""
    query = context["request"].GET.copy()
    kept = [one for one in query.getlist(key) if one != str(value)]
    query.setlist(key, kept)
    query.pop("page", None)
    return f"?{query.urlencode()}" if query else "?"


@register.simple_tag(takes_context=True)
def query_with_key(context: Context, key: str, value: object) -> str:
    """`query_with` for a key known only at run time (a table's own prefix), and back on the first page."""
    return query_with(context, **{key: value, "page": None})
