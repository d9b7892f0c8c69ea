"""Where a visitor's request comes from, and how much one source may ask (T65, T78): no puzzle, only patience."""

import ipaddress
from datetime import datetime, timedelta

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from comptoir.base.errors import Refusal
from comptoir.environment import environment

HOUR = timedelta(hours=1)
# A class of thirty behind one address, each starting over twice, stays well within these.
MOST_AN_HOUR = {"basket": 300, "confirmation": 90}


class TooMany(Refusal):
    """One source asked more than people do."""

    code = "too-many"
    kind = "unavailable"


def source_of(request: HttpRequest) -> str:
    """The visitor's address: the one our own outermost proxy saw, never what the visitor claims (T59)."""
    proxies = environment().trusted_proxies
    seen = [one.strip() for one in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if one.strip()]
    address = seen[-proxies] if 0 < proxies <= len(seen) else request.META.get("REMOTE_ADDR", "")
    return _network(address)


def count(what: str, request: HttpRequest, *, at: datetime) -> None:
    """One more of these from this source within the hour. Refuses: TooMany."""
    window = int(at.timestamp() // HOUR.total_seconds())
    key = f"counter:{what}:{window}:{_blurred(source_of(request))}"
    if _one_more(key) > MOST_AN_HOUR[what]:
        raise TooMany(
            _("Beaucoup de demandes viennent de votre connexion : attendez quelques minutes, puis envoyez de nouveau.")
        )


def _blurred(source: str) -> str:
    """Enough to count by, and no address kept."""
    return salted_hmac("counter.source", source, algorithm="sha256").hexdigest()[:24]


def _one_more(key: str) -> int:
    if cache.add(key, 1, timeout=int(HOUR.total_seconds())):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # evicted in between
        cache.set(key, 1, timeout=int(HOUR.total_seconds()))
        return 1


def _network(address: str) -> str:
    """One household or office: the address itself, or the /64 in IPv6."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address) and not parsed.ipv4_mapped:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(parsed)
