"""A workbook row by row: shared and inline texts, numbers as people write them; hostile ones refused."""

from contextlib import suppress
from io import BytesIO
from zipfile import ZipFile

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from comptoir.base import workbooks
from comptoir.base.sheets import write_xlsx
from comptoir.base.workbooks import NoWorkbook, Number

SHEET = "xl/worksheets/sheet1.xml"


def workbook(rows, *, shared=True):
    """As a spreadsheet writes it (texts shared), or as we do (inline)."""
    file = BytesIO()
    if not shared:
        write_xlsx(file, rows[0], rows[1:], name="Clients")
        return file
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet("Clients")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value != "":
                sheet.write(number, column, value)
    book.close()
    return file


def altered(part, change, rows=(("id", "nom"), (1, "Un"))):
    """The same file with one part otherwise."""
    was, now = ZipFile(workbook(rows)), BytesIO()
    with ZipFile(now, "w") as book:
        for name in was.namelist():
            text = was.read(name).decode()
            book.writestr(name, change(text) if name == part else text)
    return now


@pytest.mark.parametrize("shared", [True, False])
def test_rows_as_they_are_written(shared):
    rows = [["a", "b"], ["x", "Hôtel « Zoé » & fils"], ["", ""], ["", "œ 漢字"]]
    found = list(workbooks.rows(workbook(rows, shared=shared)))
    assert found == [(1, ["a", "b"]), (2, ["x", "Hôtel « Zoé » & fils"]), (4, ["", "œ 漢字"])]


def test_numbers_are_whole_and_say_that_they_are_numbers():
    cells = dict(workbooks.rows(workbook([["siret", "cp", "prix"], [73282932000074, 1000, 1.5]])))[2]
    assert cells == ["73282932000074", "1000", "1,5"]
    assert all(isinstance(one, Number) for one in cells)
    big = altered(SHEET, lambda text: text.replace("<v>1</v></c><c", "<v>7.3282932000074E13</v></c><c"))
    assert dict(workbooks.rows(big))[2][0] == "73282932000074"


def test_a_hidden_first_sheet_is_not_the_one_people_see():
    file = BytesIO()
    book = xlsxwriter.Workbook(file)
    hidden, shown = book.add_worksheet("Calculs"), book.add_worksheet("Clients")
    hidden.hide()
    shown.activate()
    hidden.write(0, 0, "non")
    shown.write(0, 0, "oui")
    book.close()
    assert list(workbooks.rows(file)) == [(1, ["oui"])]


def test_a_cell_far_away_costs_nothing():
    far = altered(
        SHEET,
        lambda text: text.replace("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
    )
    assert len(list(workbooks.rows(far))) == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-40],
        lambda text: text.replace('t="s"><v>', 't="s"><v>9'),
        lambda text: text.replace("<worksheet", '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet', 1),
        lambda text: text.replace('r="2"', 'r="deux"'),
    ],
)
def test_a_sheet_that_is_broken_or_hostile_is_refused(change):
    with pytest.raises(NoWorkbook):
        list(workbooks.rows(altered(SHEET, change)))


def test_what_unfolds_to_too_much_is_not_opened(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_INFLATED", 1000)
    with pytest.raises(NoWorkbook):
        list(workbooks.rows(workbook([["a"], ["x" * 2000]])))


@given(st.binary(max_size=200), st.integers(0, 4000))
def test_no_bytes_break_it(bytes_, place):
    whole = workbook([["id", "nom"], ["1", "Un"]]).getvalue()
    source = BytesIO(whole[:place] + bytes_ + whole[place:])
    with suppress(NoWorkbook):
        list(workbooks.rows(source))
