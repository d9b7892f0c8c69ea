"""From words with {variables} to pieces: substitution only, in one pass, so that a value is never read again."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.base.errors import Invalid, Refusal, refuse_all
from comptoir.mail.wording.kind import Kind, Layout, Variable, Words
from comptoir.mail.wording.variables import COMMON

_VARIABLE = re.compile(r"\{([^{}\n]{1,60})\}")
_EMPTY_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
LONGEST_SUBJECT, LONGEST_BODY = 250, 20_000


class UnknownVariable(Refusal):
    """The edited words name a variable that this kind of mail does not have."""

    code = "unknown-variable"
    kind = "invalid"


@dataclass(frozen=True)
class Slot:
    """Where a value goes."""

    code: str
    layout: Layout = Layout.LINE


type Piece = str | Slot
type Line = tuple[Piece, ...]
type Paragraph = tuple[Line, ...]


def names(kind: Kind) -> dict[str, Variable]:
    """The kind's variables by every name they answer to, French or English."""
    found = (*kind.variables, *COMMON)
    return {one.code: one for one in found} | {one.french: one for one in found}


def pieces(text: str, known: dict[str, Variable]) -> Line:
    """One line cut at its variables; braces around anything unknown stay text."""
    return tuple(_cut(text, known))


def paragraphs(body: str, known: dict[str, Variable]) -> tuple[Paragraph, ...]:
    """The body's paragraphs, each a tuple of lines."""
    blocks = _EMPTY_LINES.split(body.replace("\r\n", "\n").replace("\r", "\n").strip())
    return tuple(tuple(pieces(line.strip(), known) for line in block.split("\n")) for block in blocks if block.strip())


def _cut(text: str, known: dict[str, Variable]) -> Iterator[Piece]:
    start = 0
    for match in _VARIABLE.finditer(text):
        variable = known.get(match[1].strip())
        if variable is None:
            continue
        if match.start() > start:
            yield text[start : match.start()]
        yield Slot(variable.code, variable.layout)
        start = match.end()
    if start < len(text):
        yield text[start:]


def check(words: Words, kind: Kind, language: str) -> None:
    """Raise all that is wrong with edited words, each at its field. Refuses: Invalid, UnknownVariable, Several."""
    refuse_all(
        [
            *_wrong("subject", words.subject, kind, language),
            *_wrong("body", words.body, kind, language),
            *_left_out(words, kind, language),
        ]
    )


def _wrong(field: str, text: str, kind: Kind, language: str) -> Iterator[Refusal]:
    longest = LONGEST_SUBJECT if field == "subject" else LONGEST_BODY
    if not text.strip():
        yield Invalid(_("Ce texte est vide\u00a0: le message a besoin de mots."), field=field)
    if len(text) > longest:
        yield Invalid(
            _("Ce texte est trop long\u00a0: %(longest)d caractères au plus.") % {"longest": longest}, field=field
        )
    if field == "subject" and len(text.strip().splitlines()) > 1:
        yield Invalid(_("L’objet tient sur une seule ligne."), field=field)
    known = names(kind)
    spelt = [one.name(language) for one in (*kind.variables, *COMMON)]
    unknown = [f"{{{one}}}" for one in _named(text) if one not in known]
    if unknown:
        sentence = ngettext(
            "La variable %(names)s n’existe pas dans ce message\u00a0: choisissez-la dans la liste.",
            "Les variables %(names)s n’existent pas dans ce message\u00a0: choisissez-les dans la liste.",
            len(unknown),
        )
        said = sentence % {"names": ", ".join(unknown)}
        yield UnknownVariable(" ".join([said, *_meant(unknown, spelt)]), field=field)


def _meant(unknown: list[str], known: Sequence[str]) -> Iterator[str]:
    """For each variable that is not known, the nearest of that language, where one is near."""
    for one in unknown:
        if near := get_close_matches(one[1:-1].casefold(), known, n=1, cutoff=0.6):
            yield _("Au lieu de %(unknown)s, vouliez-vous dire {%(near)s}\u202f?") % {"unknown": one, "near": near[0]}


def _left_out(words: Words, kind: Kind, language: str) -> Iterator[Refusal]:
    known = names(kind)
    used = {known[one].code for one in _named(f"{words.subject}\n{words.body}") if one in known}
    for code in kind.needed:
        if code not in used:
            sentence = _("Ce message ne peut pas partir sans {%(name)s}\u00a0: ajoutez cette variable au texte.")
            yield Invalid(sentence % {"name": known[code].name(language)}, field="body")


def _named(text: str) -> list[str]:
    return list(dict.fromkeys(match[1].strip() for match in _VARIABLE.finditer(text)))
