"""Plain text as people type it, in paragraphs and lists: a line that begins with a dash is a point of a list."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from comptoir.base.speaking import spoken

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


def written(text: str) -> SafeString:
    """The same in HTML, kept: the terms of sale are long, and the same for everybody who is about to accept them."""
    return _written(text, spoken())


@lru_cache(maxsize=256)
def _written(text: str, _language: str) -> SafeString:
    return render_to_string("counter/_blocks.html", {"blocks": blocks(text)})
