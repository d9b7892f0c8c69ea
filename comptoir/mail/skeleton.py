"""The words of one mail made ready once: text and HTML with numbered gaps, styles inlined, nothing left to parse."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby

import css_inline
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import mark_safe

from comptoir.base.speaking import FRENCH
from comptoir.mail.parsing import Line, Paragraph, Piece, Slot
from comptoir.mail.wording.kind import Layout

# Private characters mark the gaps while the frame goes through the template and the inliner.
OPEN, SHUT, BEGIN, END = "\ue000", "\ue001", "\ue002", "\ue003"
_MARKS = re.compile(f"{OPEN}([a-z_]+)\\.([a-z]+){SHUT}|({BEGIN})|({END})")
_OURS = re.compile("[\ue000-\ue003]")
BUTTON, BUTTON_LABEL, BUTTON_URL = "button", "button_label", "button_url"
SECOND_LABEL, SECOND_URL = "second_label", "second_url"  # of a mail that asks yes or no


@dataclass(frozen=True)
class Look:
    """How an organisation's mails look, and who signs them."""

    name: str
    brand: str
    accent: str
    foot: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """Text and gaps; left out as a whole when it has gaps and every one of them is empty."""

    nodes: tuple["str | Slot | Part", ...]
    codes: frozenset[str]
    _plans: dict[frozenset[str], tuple[str | Slot, ...]] = field(default_factory=dict, compare=False, repr=False)

    def fill(self, values: Mapping[str, str], shown: Callable[[Slot, str], str]) -> str:
        """The words, each gap replaced once by what `shown` makes of its value."""
        empty = frozenset(code for code in self.codes if not values[code])
        plan = self._plans.get(empty)
        if plan is None:  # which parts are left out depends on nothing else: worked out once, not for every mail
            plan = self._plans[empty] = tuple(self._flat(empty))
        return "".join([node if isinstance(node, str) else shown(node, values[node.code]) for node in plan])

    def _flat(self, empty: frozenset[str]) -> list[str | Slot]:
        flat: list[str | Slot] = []
        for node in self.nodes:
            kept = node._flat(empty) if isinstance(node, Part) and not (node.codes and node.codes <= empty) else [node]
            for one in kept:
                if isinstance(one, str) and flat and isinstance(flat[-1], str):
                    flat[-1] += one
                elif not isinstance(one, Part):
                    flat.append(one)
        return flat


def subject(line: Line) -> Part:
    """A subject: one line, always there."""
    return _read(_plain(line))


def text(paragraphs: tuple[Paragraph, ...], look: Look, language: str) -> Part:
    """The plain text part."""
    colon = "\u00a0:" if language == FRENCH else ":"
    button = f"{_gap(BUTTON_LABEL)}{colon}\n{_gap(BUTTON_URL)}"
    button += f"{BEGIN}\n\n{_gap(SECOND_LABEL)}{colon}\n{_gap(SECOND_URL)}{END}"
    body = "".join(_group(paragraph, _text_lines(paragraph, button) + "\n") for paragraph in paragraphs)
    signature = "\n".join(("-- ", look.name, *look.foot))  # RFC 3676, 4.3: readers fold what follows
    return _read(body + signature)


def html(paragraphs: tuple[Paragraph, ...], look: Look, language: str, title: str) -> Part:
    """The HTML part, in the organisation's frame."""
    body = "".join(_group(paragraph, _html_runs(paragraph)) for paragraph in paragraphs)
    context = {"look": look, "language": language, "subject": title, "body": mark_safe(body)}  # noqa: S308 escaped below
    return _read(_inliner().inline(render_to_string("mail/message.html", context)))


def _text_lines(paragraph: Paragraph, button: str) -> str:
    shown = (button if _stands_alone(line) and _is(BUTTON, line[0]) else _plain(line) for line in paragraph)
    return "".join(_group((line,), words + "\n") for line, words in zip(paragraph, shown, strict=True))


def _plain(line: Line) -> str:
    return "".join(_marked(piece, str) for piece in line)


def _html_runs(paragraph: Paragraph) -> str:
    """Neighbouring lines make one <p>; a button or a block alone on its line stands by itself."""
    runs = []
    for alone, lines in groupby(paragraph, _stands_alone):
        if alone:
            runs += [_group((line,), _block(line[0])) for line in lines]
            continue
        run = tuple(lines)
        inner = "<br>".join(_group((line,), "".join(_marked(piece, escape) for piece in line)) for line in run)
        runs.append(_group(run, f"<p>{inner}</p>"))
    return "".join(runs)


def _stands_alone(line: Line) -> bool:
    return len(line) == 1 and isinstance(line[0], Slot) and (line[0].code == BUTTON or line[0].layout != Layout.LINE)


def _block(piece: Piece) -> str:
    if _is(BUTTON, piece):
        second = f'{BEGIN} <a class="second" href="{_gap(SECOND_URL)}">{_gap(SECOND_LABEL)}</a>{END}'
        return f'<div class="act"><a href="{_gap(BUTTON_URL)}">{_gap(BUTTON_LABEL)}</a>{second}</div>'
    return f'<div class="panel">{_marked(piece, escape)}</div>'


def _marked(piece: Piece, shown: Callable[[str], str]) -> str:
    if isinstance(piece, str):
        return shown(_OURS.sub("", piece))
    if piece.code == BUTTON:  # within a sentence: its address
        return _gap(BUTTON_URL)
    return _gap(piece.code, piece.layout)


def _gap(code: str, layout: Layout = Layout.LINE) -> str:
    return f"{OPEN}{code}.{layout.value}{SHUT}"


def _group(lines: Paragraph, content: str) -> str:
    has_gap = any(isinstance(piece, Slot) for line in lines for piece in line)
    return f"{BEGIN}{content}{END}" if has_gap else content


def _is(code: str, piece: Piece) -> bool:
    return isinstance(piece, Slot) and piece.code == code


def _read(marked: str) -> Part:
    """The marks as a tree."""
    open_parts: list[list[str | Slot | Part]] = [[]]
    start = 0
    for match in _MARKS.finditer(marked):
        if match.start() > start:
            open_parts[-1].append(marked[start : match.start()])
        start = match.end()
        if match[1]:
            open_parts[-1].append(Slot(match[1], Layout(match[2])))
        elif match[3]:
            open_parts.append([])
        else:
            closed = _part(open_parts.pop())
            open_parts[-1].append(closed)
    return _part([*open_parts[0], marked[start:]])


def _part(nodes: list[str | Slot | Part]) -> Part:
    codes = {node.code for node in nodes if isinstance(node, Slot)}
    return Part(tuple(nodes), frozenset(codes).union(*(node.codes for node in nodes if isinstance(node, Part))))


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(load_remote_stylesheets=False, minify_css=True)
