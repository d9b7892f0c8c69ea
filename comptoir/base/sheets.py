"""Tables as files: CSV for French spreadsheets, streamed; XLSX with typed cells. Text stays text, nothing runs."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

import xlsxwriter

BOM = "\ufeff"
ROWS_AT_ONCE = 500
MOST_XLSX = 1_048_575  # rows under the titles that a sheet holds
# A cell that begins like a formula and holds more than a name or a number could run: « +33 6… » and « -Dupont » cannot.
STARTS = ("=", "@", "\t", "\r", "\n", "＝", "＠", "＋", "－")  # full-width ones are read as the plain ones
HARMLESS = re.compile(r"[+-][\w .,'’-]*")

type Cell = str | int | Decimal | date | datetime | None


def csv_text(text: str) -> str:
    """The text, an apostrophe before what a spreadsheet would run."""
    if not text:
        return text
    is_signed = text[0] in "+-"
    if text.startswith(STARTS) or (is_signed and not HARMLESS.fullmatch(text)):
        return f"'{text}"
    return text


class _Bare:
    """What the writer puts without quotes, since it is no text: a spreadsheet reads a number or a day."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text


def csv_cell(value: Cell) -> object:
    """As a French spreadsheet reads it: 7/12/2026 and 1250,00 bare, text between quotes."""
    match value:
        case None:
            return ""
        case str():
            return csv_text(value)
        case datetime():
            return _Bare(f"{value:%d/%m/%Y %H:%M}")
        case date():
            return _Bare(f"{value:%d/%m/%Y}")
        case Decimal():
            return _Bare(f"{value:.2f}".replace(".", ","))
        case _:
            return value


def csv_chunks(titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """UTF-8 with its mark, `;`, every text between quotes; a chunk every few hundred rows."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", quoting=csv.QUOTE_STRINGS, lineterminator="\r\n")
    buffer.write(BOM)
    writer.writerow(titles)
    for number, row in enumerate(rows, 1):
        writer.writerow([csv_cell(value) for value in row])
        if number % ROWS_AT_ONCE == 0:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()


def write_xlsx(file: BinaryIO, titles: Sequence[str], rows: Iterable[Sequence[Cell]], *, name: str) -> None:
    """A sheet of typed cells: text as text whatever it begins with, amounts and days as such; in constant memory."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": False}
    book = xlsxwriter.Workbook(file, {**options, "strings_to_numbers": False, "remove_timezone": True})
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True})
    day, moment = (book.add_format({"num_format": shape}) for shape in ("dd/mm/yyyy", "dd/mm/yyyy hh:mm"))
    money = book.add_format({"num_format": "#,##0.00"})
    for column, title in enumerate(titles):
        sheet.write_string(0, column, title, head)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            match value:
                case None | "":
                    continue
                case str():
                    sheet.write_string(number, column, value)
                case datetime():
                    sheet.write_datetime(number, column, value, moment)
                case date():
                    sheet.write_datetime(number, column, value, day)
                case Decimal():
                    sheet.write_number(number, column, value, money)
                case _:
                    sheet.write_number(number, column, value)
    book.close()
