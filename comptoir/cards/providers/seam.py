"""What is asked of whoever takes cards, and what they answer: the seam every provider stands behind (C23).

A provider is called outside any transaction, may be down, and may be asked the same again without harm.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from comptoir.base.errors import Refusal
from comptoir.cards.states import CardState


class ProviderDown(Refusal):
    """The provider did not answer, or not as expected: nothing is known, asking again is safe."""

    code = "card-provider-down"
    kind = "unavailable"


class ProviderRefuses(Refusal):
    """The provider understood, and says no for good."""

    code = "card-provider-refuses"


class NotSigned(Refusal):
    """What was received was not signed by the provider, or too long ago."""

    code = "not-signed"
    kind = "invalid"


@dataclass(frozen=True)
class Asked:
    """A page to pay on. The same `key` gives the same page. `back_url`: where the person comes back, paid or not."""

    key: str
    amount_cents: int
    title: str
    email: str
    back_url: str
    expires_at: datetime


@dataclass(frozen=True)
class Opened:
    """The page, and the provider's name for it."""

    ref: str
    url: str


@dataclass(frozen=True)
class Answer:
    """What became of one page: cents really taken when paid; `charge` is what a refund is asked on."""

    ref: str
    state: CardState
    amount_cents: int = 0
    charge: str = ""


class CardProvider(Protocol):
    """Whoever takes cards. Each refuses ProviderDown."""

    def open(self, asked: Asked) -> Opened:
        """A page to pay on. Refuses also: ProviderRefuses (a wrong key, an amount it does not take)."""

    def look(self, ref: str, *, at: datetime) -> Answer:
        """What became of it until now."""

    def close(self, ref: str) -> None:
        """Nobody can pay there any more; who already did, did."""

    def refund(self, charge: str, *, amount_cents: int, key: str) -> None:
        """So much is paid back; the same key pays back once. Refuses also: ProviderRefuses."""

    def heard(self, body: bytes, headers: Mapping[str, str]) -> list[Answer]:
        """What a call of theirs says; nothing when it is of no concern to us. Refuses: NotSigned."""
