"""Read the first sheet of an .xlsx workbook, row by row: the memory of its texts, never that of a rectangle of cells.

A library would hold the sheet as a rectangle: one cell in the last row of the last column is then 17 billion of them.
Only what a list of records needs is read (ECMA-376 part 1, 18.3 and 18.4): no formula is run, no link followed.
"""

from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from posixpath import join, normpath
from typing import Any, BinaryIO
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile

MOST_INFLATED = 1 << 30  # bytes: a file that unfolds to more is no list, whatever its size
MOST_COLUMNS = 200  # further right nothing is read
_CHUNK = 1 << 16


class NoWorkbook(Exception):
    """Not an .xlsx workbook, or one that cannot be read."""


class Number(str):
    """A cell that holds a number, as people would write it: a zero that began it is lost."""

    __slots__ = ()


def rows(source: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    """Each row that holds something: its number as the spreadsheet says it, and its cells. Raises NoWorkbook."""
    source.seek(0)
    with _readable(), ZipFile(source) as book:
        if sum(part.file_size for part in book.infolist()) > MOST_INFLATED:
            raise NoWorkbook("inflated")
        texts = _Texts(book)
        with book.open(_first_sheet(book)) as part:
            sheet = _Sheet(texts)
            while chunk := part.read(_CHUNK):
                sheet.parser.Parse(chunk, False)
                yield from sheet.taken()
            sheet.parser.Parse(b"", True)  # cut short, it is refused


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except (BadZipFile, ExpatError, KeyError, IndexError, ValueError, EOFError, NotImplementedError, StopIteration,
            OverflowError, RuntimeError) as error:  # fmt: skip
        raise NoWorkbook(str(error)) from error


def _first_sheet(book: ZipFile) -> str:
    """The part that holds the first sheet people see."""
    sheets = _elements(book, "xl/workbook.xml", "sheet")
    shown = next((one for one in sheets if one.get("state", "visible") == "visible"), None)
    if shown is None:
        raise NoWorkbook("no sheet")
    relation = next(text for name, text in shown.items() if name.endswith(":id"))
    links = _elements(book, "xl/_rels/workbook.xml.rels", "Relationship")
    target = {one["Id"]: one["Target"] for one in links}[relation]
    return target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))


def _elements(book: ZipFile, part: str, tag: str) -> list[dict[str, str]]:
    """The attributes of each element of that name, in a small part."""
    found: list[dict[str, str]] = []
    parser = _parser()
    parser.StartElementHandler = lambda name, attributes: found.append(attributes) if _bare(name) == tag else None
    parser.Parse(book.read(part), True)
    return found


def _parser() -> Any:
    """One that takes no declaration of a document's type: no spreadsheet writes any, and entities come with them."""

    def refuse(*_declared: object) -> None:
        raise NoWorkbook("declared type")

    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    return parser


class _Texts:
    """The texts cells share, by number: read as far as they are asked for, kept as one run of bytes."""

    def __init__(self, book: ZipFile) -> None:
        self._kept, self._ends = bytearray(), array("Q", [0])
        self._more = self._read(book) if "xl/sharedStrings.xml" in book.namelist() else iter(())

    def __getitem__(self, index: int) -> str:
        while index + 2 > len(self._ends):
            if next(self._more, None) is None:
                raise IndexError(index)
        return self._kept[self._ends[index] : self._ends[index + 1]].decode()

    def _read(self, book: ZipFile) -> Iterator[bool]:
        """Each step keeps what a piece of the part holds."""
        parser, inside, phonetic, pieces = _parser(), [False], [False], list[str]()

        def start(name: str, _attributes: dict[str, str]) -> None:
            tag = _bare(name)
            inside[0] = tag == "t" and not phonetic[0]
            phonetic[0] = phonetic[0] or tag == "rPh"

        def end(name: str) -> None:
            inside[0] = False
            match _bare(name):
                case "rPh":
                    phonetic[0] = False
                case "si":
                    self._kept.extend("".join(pieces).encode())
                    self._ends.append(len(self._kept))
                    pieces.clear()

        parser.StartElementHandler, parser.EndElementHandler = start, end
        parser.CharacterDataHandler = lambda text: pieces.append(text) if inside[0] else None
        with book.open("xl/sharedStrings.xml") as part:
            while chunk := part.read(_CHUNK):
                parser.Parse(chunk, False)
                yield True


class _Sheet:
    """What the parser has seen of the sheet so far."""

    def __init__(self, texts: _Texts) -> None:
        self._texts, self._done = texts, list[tuple[int, list[str]]]()
        self._number, self._cells, self._column = 0, list[str](), -1
        self._kind, self._pieces, self._inside, self._phonetic = "n", list[str](), False, False
        self.parser = _parser()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.parser.CharacterDataHandler = self._text

    def taken(self) -> list[tuple[int, list[str]]]:
        """The rows that are whole, each once."""
        done, self._done = self._done, []
        return done

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match _bare(name):
            case "row":
                self._number = int(attributes.get("r", self._number + 1))
                self._cells, self._column = [], -1
            case "c":
                place = attributes.get("r", "")
                self._column = _column(place) if place else self._column + 1
                self._kind, self._pieces = attributes.get("t", "n"), []
            case "rPh":
                self._phonetic = True
            case "v" | "t":
                self._inside = not self._phonetic

    def _text(self, text: str) -> None:
        if self._inside:
            self._pieces.append(text)

    def _end(self, name: str) -> None:
        match _bare(name):
            case "v" | "t":
                self._inside = False
            case "rPh":
                self._phonetic = False
            case "c" if self._pieces and self._column < MOST_COLUMNS:
                self._cells += [""] * (self._column + 1 - len(self._cells))
                self._cells[self._column] = self._said("".join(self._pieces))
            case "row" if any(self._cells):
                self._done.append((self._number, self._cells))

    def _said(self, text: str) -> str:
        match self._kind:
            case "s":
                return self._texts[int(text)]
            case "n":
                return _number(text)
            case "b":
                return "oui" if text == "1" else "non"
            case "e":
                return ""
        return text


def _bare(name: str) -> str:
    """Without its space of names, however it is written."""
    return name.rpartition("}")[2].rpartition(":")[2]


def _column(place: str) -> int:
    """« AB12 » → 27, from 0."""
    found = 0
    for letter in place[:4]:
        if not "A" <= letter <= "Z":
            break
        found = found * 26 + ord(letter) - 64
    return found - 1


def _number(text: str) -> Number:
    """« 7.3282932000074E13 » → 73282932000074."""
    if text.isdigit():
        return Number(text)
    value = float(text)
    return Number(int(value)) if value.is_integer() and abs(value) < 1e15 else Number(text.replace(".", ","))
