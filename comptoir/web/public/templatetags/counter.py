"""What the counter's pages say of each session and each sum, several times a page."""

from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def where(session: Any, short: bool = False) -> str:
    """Where it is held; `short` leaves the street out."""
    if session.is_remote:
        return _("À distance")
    known = session.city or session.place if short else session.premises
    return str(known or _("Lieu à préciser"))


@register.simple_tag
def totals(total: Any, vat_name: str) -> SafeString:
    """Net, VAT and gross, of a price or of a request that was sent."""
    return _totals(total.net_cents, total.vat_cents, total.gross_cents, str(vat_name), get_language())


@lru_cache(maxsize=1024)
def _totals(net: int, vat: int, gross: int, vat_name: str, _language: str | None) -> SafeString:
    said = {"net": net, "vat": vat, "gross": gross, "vat_name": vat_name}
    return render_to_string("counter/_totals.html", said)
