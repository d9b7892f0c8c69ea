"""Answers that take as long whoever is known here, so that time tells a stranger nothing (T56, T62)."""

import time
from random import SystemRandom

LEAST = 0.3  # seconds; more than any of these answers takes
BLUR = 0.1  # … and by chance up to this, a hundred times what a commit more takes


def began() -> float:
    """Now, on the clock that `take_as_long` reads."""
    return time.monotonic()


def take_as_long(since: float) -> None:
    """LEAST and a little, by chance, have gone by since then."""
    wanted = LEAST + SystemRandom().uniform(0, BLUR)
    time.sleep(max(0.0, wanted - (time.monotonic() - since)))
