"""Where a request comes from: what is counted by, and what the log says."""

import ipaddress

from django.http import HttpRequest

from comptoir.environment import environment


def source_of(request: HttpRequest) -> str:
    """The visitor's address: the one our own outermost proxy saw, never what the visitor claims (T59)."""
    proxies = environment().trusted_proxies
    seen = [one.strip() for one in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if one.strip()]
    address = seen[-proxies] if 0 < proxies <= len(seen) else request.META.get("REMOTE_ADDR", "")
    return _network(address)


def _network(address: str) -> str:
    """One household or office: the address itself, or the /64 in IPv6."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address) and not parsed.ipv4_mapped:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(parsed)
