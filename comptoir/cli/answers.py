"""How the command line speaks: JSON when asked, else lines people read."""

import json
import sys
from collections.abc import Iterable
from typing import Any


def show(value: Any, *, as_json: bool, line: str = "") -> None:
    """One answer: the JSON object, or the line."""
    print(json.dumps(value, ensure_ascii=False, default=str) if as_json else line or value)


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """Rows separated by tabs under their head, so that other programs can cut them."""
    print("\t".join(head))
    for row in rows:
        print("\t".join(" ".join(str(cell).split()) for cell in row))


def note(text: str) -> None:
    """Something about the run itself, aside from its answer."""
    print(text, file=sys.stderr)
