"""Single-use links that prove a mailbox. Nothing is stored: the link holds what it is for, encrypted (E3, E7, T57).

A link of sign-up holds the names and the address typed, so that programs filling the form leave no row behind (T65).
It is used up by what it does: the address is then proved, and proving it again is refused.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from comptoir.base.sealing import seal, unseal

LIVES = timedelta(hours=24)
_PURPOSE = "comptoir.members.links"


@dataclass(frozen=True)
class Promise:
    """What a link is for: a sign-up (`member_id` 0), or the address of a member that exists."""

    organisation_id: int
    email: str
    member_id: int = 0
    last_name: str = ""
    first_name: str = ""


def path(promise: Promise, *, at: datetime) -> str:
    """The path of a link that lives 24 hours, to put after the address of the organisation."""
    text = json.dumps([*asdict(promise).values(), int((at + LIVES).timestamp())], ensure_ascii=False)
    return f"adhesion/{seal(text, purpose=_PURPOSE).rstrip('=')}/"


def promise_of(key: str, *, organisation_id: int, at: datetime) -> Promise | None:
    """What the link is for; None when it has lapsed, is another organisation's, or never was one."""
    if not key.isascii():
        return None
    text = unseal(key + "=" * (-len(key) % 4), purpose=_PURPOSE)
    if not text:
        return None
    *values, until = json.loads(text)
    promise = Promise(*values)
    return promise if promise.organisation_id == organisation_id and at.timestamp() < until else None
