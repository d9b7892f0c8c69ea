"""Which of the five tones a state is shown in. The word comes from the state itself, the shape from the tone."""

from typing import Literal

type Tone = Literal["done", "wait", "off", "note", "idle"]

TONES: dict[Tone, frozenset[str]] = {
    "done": frozenset(
        "accepted confirmed done finished integrated matched open paid published sent validated won".split()
    ),
    "wait": frozenset(
        "awaiting candidate due pending proposed queued refund_due running sending to_confirm waiting".split()
    ),
    "off": frozenset("cancelled declined deleted failed full lost overdue refused rejected".split()),
    "note": frozenset("draft new previewed option planned qualified".split()),
}


def tone(state: str) -> Tone:
    """The tone of a state's code; one not listed is idle (grey), never a guess."""
    return next((one for one, codes in TONES.items() if state in codes), "idle")
