"""A file of clients as lines: how it is written, which columns, then each line checked by itself. Pure."""

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.base import workbooks
from comptoir.base.errors import Invalid, Refusal
from comptoir.clients import csv_files
from comptoir.clients.csv_files import Unreadable
from comptoir.clients.headers import COLUMNS, NEEDED, positions
from comptoir.clients.importable import Row, row_of

XLSX = "xlsx"
NAMES = {csv_files.UTF_8: "UTF-8", csv_files.LATIN_1: "Latin-1 (Windows-1252)", XLSX: ""}
LONGEST_HEADER = 80
# A spreadsheet takes « 01000 » for a number and drops its zero: how many digits each of these has.
_DIGITS = {"siret": 14, "code_postal": 5, "telephone": 10}


@dataclass(frozen=True)
class Reading:
    """How the file is written, and where each of our columns is in it."""

    encoding: str
    delimiter: str
    positions: dict[str, int]
    headers: list[str] = field(default_factory=list)
    first: list[str] = field(default_factory=list)  # the cells of its first line of data

    @property
    def missing(self) -> list[str]:
        """The columns without which nothing is imported, and which no column is taken for."""
        return [name for name in NEEDED if name not in self.positions]

    @property
    def ignored(self) -> list[str]:
        """The headers of the columns that are left aside."""
        taken = set(self.positions.values())
        return [header for place, header in enumerate(self.headers) if place not in taken and header]

    def said(self) -> dict[str, object]:
        """As people say it, to be kept beside the import."""
        separator = "tabulation" if self.delimiter == "\t" else self.delimiter
        return {
            "encoding": NAMES[self.encoding], "separator": separator, "columns": list(self.positions),
            "ignored": self.ignored, "is_workbook": self.encoding == XLSX,
            "positions": self.positions, "missing": self.missing,
            "headers": [header[:LONGEST_HEADER] for header in self.headers],
            "first": [cell[:LONGEST_HEADER] for cell in self.first],
        }  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One line of the file: its number there, and what it says, or why it is refused."""

    number: int
    row: Row | None
    refusal: Refusal | None = None


def read(source: BinaryIO, *, chosen: Mapping[str, int] | None = None, partly: bool = False) -> Reading:
    """How the file is written. `chosen`: the place of each column, when a person said so.

    Refuses: Unreadable (not a workbook nor text, not one of the two encodings; unless `partly`, a column missing).
    """
    source.seek(0)
    head = source.read(4096)
    if not head.strip():
        raise Unreadable(_("Ce fichier est vide."))
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(
            _("C’est un ancien classeur .xls\u00a0: enregistrez-le au format .xlsx ou CSV, puis reprenez.")
        )
    if head.startswith(b"PK\x03\x04"):
        reading = _read(source, XLSX, "", chosen)
    else:
        encoding = csv_files.encoding_of(source)
        tried = [_read(source, encoding, delimiter, chosen) for delimiter in csv_files.DELIMITERS]
        reading = max(tried, key=lambda one: (len(one.positions), len(one.headers)))
    if reading.missing and not partly:
        sentence = _("Il manque la colonne %(names)s. Colonnes attendues en première ligne\u00a0: %(columns)s.")
        raise Unreadable(sentence % {"names": ", ".join(reading.missing), "columns": ", ".join(COLUMNS)})
    return reading


def lines(source: BinaryIO, reading: Reading) -> Iterator[Line]:
    """Each line that is not blank, in order; a line that cannot be taken comes with its refusal."""
    rows = _rows(source, reading.encoding, reading.delimiter)
    seen: dict[str, int] = {}
    next(rows, None)
    for number, cells in rows:
        if isinstance(cells, Invalid):
            yield Line(number, None, cells)
        elif any(cell.strip() for cell in cells):
            yield _line(number, cells, reading, seen)


def _read(source: BinaryIO, encoding: str, delimiter: str, chosen: Mapping[str, int] | None) -> Reading:
    rows = _rows(source, encoding, delimiter)
    headers, first = (
        [cell.strip() for cell in cells] if isinstance(cells, list) else []
        for _number, cells in (next(rows, (0, [])), next(rows, (0, [])))
    )
    rows.close()
    return Reading(encoding, delimiter, positions(headers, chosen), headers, first)


def _rows(source: BinaryIO, encoding: str, delimiter: str) -> Generator[tuple[int, list[str] | Invalid]]:
    if encoding != XLSX:
        yield from csv_files.rows(source, encoding, delimiter)
        return
    try:
        yield from workbooks.rows(source)
    except workbooks.NoWorkbook:
        sentence = _(
            "Ce classeur ne se lit pas\u00a0: dans le tableur, enregistrez-le au format CSV UTF-8, puis reprenez."
        )
        raise Unreadable(sentence) from None


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
    width, wanted = len(cells), len(reading.headers)
    while width > wanted and not cells[width - 1].strip():
        width -= 1
    if reading.encoding == XLSX and width < wanted:  # a sheet leaves out the blank cells that end a row
        cells, width = [*cells, *[""] * (wanted - width)], wanted
    if width != wanted:
        sentence = ngettext(
            "Cette ligne a %(n)s case\u202f; il en faut %(width)s.",
            "Cette ligne a %(n)s cases\u202f; il en faut %(width)s.",
            width,
        )
        raise Invalid(sentence % {"n": width, "width": wanted})
    if reading.encoding != XLSX:
        return {name: cells[place] for name, place in reading.positions.items()}
    return {name: _whole(name, cells[place]) for name, place in reading.positions.items()}


def _whole(name: str, cell: str) -> str:
    """The cell with the zero that a spreadsheet dropped, where a number has one digit too few."""
    longest = _DIGITS.get(name, 0)
    return f"0{cell}" if isinstance(cell, workbooks.Number) and len(cell) == longest - 1 else cell
