"""Files of rows: text stays text and stays readable, nothing runs; LibreOffice agrees (T71)."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal

import pytest

from comptoir.base import sheets
from tests import office

KEPT = ["+33 6 12 34 56 78", "+33612345678", "-Dupont", "00042", "73282932000074", "1/2", "12 mai", "l’été", 'dit "Jo"',
        "a;b", "deux\nlignes", "3-4", "1e5", "VRAI", "’tit", "é", "10:30", "- à voir"]  # fmt: skip
ATTACKS = [
    "=1+1", '=HYPERLINK("http://x")', "@SUM(1)", "+1+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "\t=1",
    "\r=1", "\n=1",
    "＝1+1", "＋1*1", "－1*1", "＠x", "=cmd|'/C calc'!A0", "+A1*2", "-A1(2)", "+SUM(A1)", "-1!A1",
]  # fmt: skip
OTHERS = [None, 12, Decimal("-1250.5"), date(2026, 12, 7), datetime(2026, 12, 7, 9, 5)]  # noqa: DTZ001


def written(rows, titles=("Titre",)):
    return b"".join(sheets.csv_chunks(titles, rows))


def test_csv_says_what_it_is():
    file = written([[*OTHERS, "l’é"]], ["Un", "é"])
    assert file.startswith(b"\xef\xbb\xbf")
    assert file.decode("utf-8-sig") == '"Un";"é"\r\n"";12;-1250,50;07/12/2026;07/12/2026 09:05;"l’é"\r\n'


@pytest.mark.parametrize("text", KEPT)
def test_what_people_write_is_never_changed(text):
    assert sheets.csv_text(text) == text
    assert list(csv.reader(io.StringIO(written([[text]]).decode("utf-8-sig"), newline=""), delimiter=";"))[1] == [text]


@pytest.mark.parametrize("text", ATTACKS)
def test_what_could_run_is_made_text(text):
    assert sheets.csv_text(text) == f"'{text}"


def test_a_large_file_comes_in_chunks():
    chunks = list(sheets.csv_chunks(["n"], ([n] for n in range(1200))))
    assert len(chunks) == 3
    assert b"".join(chunks).count(b"\r\n") == 1201


def test_xlsx_keeps_every_text_exactly():
    rows = [[text] for text in (*KEPT, *ATTACKS)] + [[one] for one in OTHERS]
    file = io.BytesIO()
    sheets.write_xlsx(file, ["Titre"], rows, name="Feuille")
    found = [row[0] for row in office.cells(file.getvalue())]
    texts = [text.replace("\r", "\n") for text in (*KEPT, *ATTACKS)]
    assert [str(one).replace("\r", "\n").replace("_x000D_", "\n") for one in found[1 : len(texts) + 1]] == texts
    assert found[len(texts) + 2 :] == [12.0, -1250.5, date(2026, 12, 7), datetime(2026, 12, 7, 9, 5)]  # noqa: DTZ001
    assert b"<f>" not in file.getvalue()


@office.needed
def test_libreoffice_opens_the_csv_with_every_cell_as_it_was(tmp_path):
    rows = [[text, text] for text in (*KEPT, *ATTACKS)] + [[OTHERS[2], OTHERS[3]]]
    found = office.opened(written(rows, ["Un", "Deux"]), tmp_path)[1:]
    expected = [sheets.csv_text(text).replace("\r", "\n") for text in (*KEPT, *ATTACKS)]
    seen = [[str(cell).replace("\r", "\n").replace("_x000D_", "\n") for cell in row] for row in found[: len(expected)]]
    assert seen == [[one, one] for one in expected]
    assert found[-1] == [-1250.5, date(2026, 12, 7)]
