"""What a log line must never hold: the secret part of an address (T38, T57)."""

import re
from collections.abc import MutableMapping
from typing import Any

# Our tokens have 43 characters, a link's key more; nothing else in an address is that long without a slash.
_SECRET = re.compile(r"(?<=[/=])[A-Za-z0-9_-]{40,}")


def mask_secrets(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A structlog processor: the same line with « … » for every long token of an address."""
    for name, value in event.items():
        if isinstance(value, str) and len(value) > 40:
            event[name] = _SECRET.sub("…", value)
    return event
