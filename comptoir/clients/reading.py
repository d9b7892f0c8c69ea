"""A file of clients as lines: which encoding and separator, which columns, then each line checked by itself. Pure."""

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import TextIOWrapper
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.base.errors import Invalid, Refusal
from comptoir.base.text import folded
from comptoir.clients.importable import Row, row_of

COLUMNS = ("id", "raison_sociale", "siret", "adresse", "code_postal", "ville", "telephone", "email", "contact")
NEEDED = ("id", "raison_sociale")
UTF_8, LATIN_1 = "utf-8-sig", "cp1252"
NAMES = {UTF_8: "UTF-8", LATIN_1: "Latin-1 (Windows-1252)"}
_CHUNK = 1 << 20
_TWICE_ENCODED = re.compile("Ã[\u0080-\u00bf]")  # « é » in UTF-8, read as Latin-1: no French word has it
_LONGEST_LINE = 100_000  # characters
_MOST_LINES = 20  # of one client: an address on several lines is well under


class Unreadable(Invalid):
    """The file as a whole cannot be read as a list of clients."""

    code = "unreadable"


@dataclass(frozen=True)
class Reading:
    """How the file is written."""

    encoding: str
    delimiter: str
    positions: dict[str, int]
    width: int
    ignored: list[str] = field(default_factory=list)

    def said(self) -> dict[str, object]:
        """As people say it, to be kept beside the import."""
        separator = "tabulation" if self.delimiter == "\t" else self.delimiter
        columns = sorted(self.positions, key=COLUMNS.index)
        return {
            "encoding": NAMES[self.encoding], "separator": separator, "columns": columns, "ignored": self.ignored,
        }  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One line of the file: its number there, and what it says, or why it is refused."""

    number: int
    row: Row | None
    refusal: Refusal | None = None


def read(source: BinaryIO) -> Reading:
    """How the file is written. Refuses: Unreadable (not text, not one of the two encodings, no such columns)."""
    source.seek(0)
    head = source.read(4096)
    if not head.strip():
        raise Unreadable(_("Ce fichier est vide."))
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Unreadable(_("C’est un classeur\u00a0: dans le tableur, enregistrez-le au format CSV, puis reprenez."))
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in head:
        raise Unreadable(_("Ce fichier n’est pas du texte en UTF-8\u00a0: enregistrez-le au format CSV UTF-8."))
    encoding = _encoding(source)
    first = next(_text_lines(source, encoding), "")
    return _columns(first, encoding)


def lines(source: BinaryIO, reading: Reading) -> Iterator[Line]:
    """Each line that is not blank, in order; a line that cannot be taken comes with its refusal."""
    rows = csv.reader(_text_lines(source, reading.encoding), delimiter=reading.delimiter)
    seen: dict[str, int] = {}
    next(rows, None)
    last = rows.line_num
    while True:
        number = last + 1
        cells: list[str] | None
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error:
            cells = None
        last = rows.line_num
        if cells is None or last - number > _MOST_LINES:
            sentence = _("Un guillemet ouvert ici n’est pas refermé\u00a0: rien n’est lu jusqu’à la ligne %(last)s.")
            yield Line(number, None, Invalid(sentence % {"last": last}))
        elif any(cell.strip() for cell in cells):
            yield _line(number, cells, reading, seen)


def _line(number: int, cells: list[str], reading: Reading, seen: dict[str, int]) -> Line:
    try:
        row = row_of(_named(cells, reading))
        if row.imported_id in seen:
            sentence = _("L’identifiant de cette ligne est déjà celui de la ligne %(n)s.")
            raise Invalid(sentence % {"n": seen[row.imported_id]}, field="id")
    except Refusal as refusal:
        return Line(number, None, refusal)
    seen[row.imported_id] = number
    return Line(number, row)


def _named(cells: list[str], reading: Reading) -> dict[str, str]:
    width = len(cells)
    while width > reading.width and not cells[width - 1].strip():
        width -= 1
    if width != reading.width:
        sentence = ngettext(
            "Cette ligne a %(n)s case\u202f; il en faut %(width)s.",
            "Cette ligne a %(n)s cases\u202f; il en faut %(width)s.",
            width,
        )
        raise Invalid(sentence % {"n": width, "width": reading.width})
    return {name: cells[position] for name, position in reading.positions.items()}


def _encoding(source: BinaryIO) -> str:
    """UTF-8 when every byte of the file is; else Latin-1, unless the file mixes both."""
    source.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := source.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _latin_1(source)
    return UTF_8


def _latin_1(source: BinaryIO) -> str:
    source.seek(0)
    try:
        while chunk := source.read(_CHUNK):
            if _TWICE_ENCODED.search(chunk.decode(LATIN_1)):
                raise Unreadable(_("Ce fichier mêle deux encodages\u00a0: enregistrez-le au format CSV UTF-8."))
    except UnicodeDecodeError:
        sentence = _("Ce fichier n’est ni en UTF-8 ni en Latin-1\u00a0: enregistrez-le au format CSV UTF-8.")
        raise Unreadable(sentence) from None
    return LATIN_1


def _text_lines(source: BinaryIO, encoding: str) -> Iterator[str]:
    """Lines without closing the file. A line longer than any client's is cut there, and will be refused."""
    source.seek(0)
    text = TextIOWrapper(source, encoding=encoding, newline="")
    try:
        while line := text.readline(_LONGEST_LINE):
            yield line.replace("\0", "")
    finally:
        if not source.closed:  # by a caller who stopped half-way
            text.detach()


def _columns(first: str, encoding: str) -> Reading:
    readings = [_with(first, encoding, delimiter) for delimiter in (";", ",", "\t")]
    reading = max(readings, key=lambda one: len(one.positions))
    missing = [name for name in NEEDED if name not in reading.positions]
    if missing:
        sentence = _("Il manque la colonne %(names)s. Colonnes attendues en première ligne\u00a0: %(columns)s.")
        raise Unreadable(sentence % {"names": ", ".join(missing), "columns": ", ".join(COLUMNS)})
    return reading


def _with(first: str, encoding: str, delimiter: str) -> Reading:
    headers = next(csv.reader([first], delimiter=delimiter), [])
    positions: dict[str, int] = {}
    for position, header in enumerate(headers):
        name = folded(header).replace(" ", "_")
        if name in COLUMNS:
            positions.setdefault(name, position)
    ignored = [header.strip() for position, header in enumerate(headers) if position not in positions.values()]
    return Reading(encoding, delimiter, positions, len(headers), [name for name in ignored if name])
