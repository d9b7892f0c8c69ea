"""Plain text as people type it, in paragraphs and lists: a line that begins with a dash is a point of a list."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

MARKS = ("- ", "– ", "• ", "* ")


@dataclass(frozen=True)
class Block:
    """A paragraph, or a list of points."""

    is_list: bool
    lines: list[str] = field(default_factory=list)


def blocks(text: str) -> list[Block]:
    """The text cut where a blank line or a list begins."""
    return [block for paragraph in text.replace("\r\n", "\n").split("\n\n") for block in _blocks(paragraph)]


def _blocks(paragraph: str) -> Iterator[Block]:
    lines = [line.strip() for line in paragraph.splitlines() if line.strip()]
    for is_list, group in groupby(lines, key=lambda line: line.startswith(MARKS)):
        yield Block(is_list, [line[2:].strip() if is_list else line for line in group])
