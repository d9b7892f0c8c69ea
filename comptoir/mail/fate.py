"""The history of one mail, kept in its row: what happened, when, what the server said, who asked."""

from datetime import datetime
from enum import StrEnum
from typing import Any

type Event = dict[str, Any]


class What(StrEnum):
    """What can happen to a mail."""

    SENT = "sent"
    DELAYED = "delayed"
    REFUSED = "refused"
    RESENT = "resent"
    CANCELLED = "cancelled"


def told(fate: list[Event], what: What, *, at: datetime, said: str = "", by: str = "") -> list[Event]:
    """The history with one more event; the same delay again only moves the end and the count of the last one."""
    last = fate[-1] if fate else {}
    if what == What.DELAYED and last.get("what") == what and last.get("said") == said:
        return [*fate[:-1], {**last, "until": at.isoformat(), "times": last.get("times", 1) + 1}]
    event: Event = {"at": at.isoformat(), "what": str(what)}
    return [*fate, event | ({"said": said} if said else {}) | ({"by": by} if by else {})]
