"""The background rounds: what each wakes, and how often. A new one is one line here; `cli` can run one by name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from comptoir.base.outcome import Outcome
from comptoir.mail import commands as mail


@dataclass(frozen=True)
class Round:
    """One command called as `run(at=…, limit=…)` every so often, and again at once while it finds work to do."""

    run: Callable[..., Outcome[Any]]
    every: timedelta
    limit: int = 100


# Each is safe to run in several workers at once, and to kill at any point: the rows are the queue (style R9).
ROUNDS: dict[str, Round] = {
    "mail.send_due": Round(mail.send_due, timedelta(seconds=0.4), limit=50),
}
