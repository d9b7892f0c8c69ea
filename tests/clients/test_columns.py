"""Which column is which: recognised as offices write them, or chosen by a person; CSV and workbooks alike."""

from datetime import timedelta
from io import BytesIO

import pytest

from comptoir.base.errors import Missing, Refusal
from comptoir.clients import reading
from comptoir.clients.commands import import_runs, imports
from comptoir.clients.commands.imports import MissingColumns
from comptoir.clients.headers import positions
from comptoir.clients.models import Client, ClientImport
from comptoir.clients.states import ForbiddenMove
from tests.base.test_workbooks import workbook
from tests.factories import NOW

ROWS = [
    ["N° client", "Dénomination", "CP", "Commune", "Tél.", "E-mail", "SIRET", "Remarque"],
    [12, "Ateliers du Lac", "74000", "Annecy", "04 78 12 34 56", "bureau@lac.example", "732 829 320 00074", ""],
    [13, "Mairie de Bourg", 1000, "Bourg-en-Bresse", 474000000, "", 73282932000074, "à revoir"],
]


def as_csv(rows=ROWS):
    return BytesIO("\n".join(";".join(str(cell) for cell in row) for row in rows).encode())


def prepared(where, source):
    pk = imports.prepare_import(source=source, file_name="clients", by=where.by, at=NOW)
    return ClientImport.objects.get(pk=pk)


def choose(where, row, **columns):
    imports.choose_columns(import_id=row.pk, columns=columns, by=where.by)
    row.refresh_from_db()


@pytest.mark.parametrize("shared", [True, False])
def test_a_workbook_is_read_like_a_file_of_text_and_lost_zeros_come_back(shared):
    source = workbook(ROWS, shared=shared)
    found = reading.read(source)
    assert found.ignored == ["Remarque"]
    one, two = (line.row for line in reading.lines(source, found))
    assert (one.imported_id, one.texts["legal_name"], one.texts["siret"]) == ("12", "Ateliers du Lac", "73282932000074")
    assert (two.texts["postcode"], two.texts["phone"], two.texts["city"]) == ("01000", "0474000000", "Bourg-en-Bresse")


def test_our_own_name_wins_over_one_that_means_the_same():
    assert positions(["Nom", "Raison sociale", "Code", "id"]) == {"id": 3, "raison_sociale": 1}
    assert positions(["Nom", "Client"]) == {"raison_sociale": 0}
    assert positions(["a", "b"], {"id": 1, "siret": 9}) == {"id": 1}


def test_a_workbook_imports_once_however_often(here):
    for created in (2, 0):
        row = prepared(here, workbook(ROWS))
        assert (row.foreseen["created"], row.reading["is_workbook"]) == (created, True)
        imports.confirm_import(import_id=row.pk, by=here.by, at=NOW)
        assert import_runs.run_due(at=NOW + timedelta(minutes=1), limit=5).done == [row.pk]
    assert Client.objects.get(imported_id="13").postcode == "01000"
    row.refresh_from_db()
    assert not {"sample", "first"} & set(row.reading), "what was shown of people is gone with the file"


@pytest.mark.parametrize("source", [as_csv, workbook])
def test_columns_nobody_could_guess_are_chosen_then_the_file_is_read(here, source):
    rows = [["clef", "qui", "où"], ["a", "Ateliers du Lac", "Annecy"], ["b", "", "Sète"]]
    row = prepared(here, source(rows))
    assert (row.reading["missing"], row.total) == (["id", "raison_sociale"], 0)
    with pytest.raises(MissingColumns):
        imports.confirm_import(import_id=row.pk, by=here.by, at=NOW)
    with pytest.raises(Refusal):
        choose(here, row, id=0)
    choose(here, row, id=0, raison_sociale=1, ville=2)
    assert (row.reading["missing"], row.foreseen) == ([], {"created": 1, "changed": 0, "unchanged": 0, "refused": 1})
    imports.confirm_import(import_id=row.pk, by=here.by, at=NOW)
    import_runs.run_due(at=NOW + timedelta(minutes=1), limit=5)
    assert list(Client.objects.values_list("imported_id", "legal_name", "city")) == [("a", "Ateliers du Lac", "Annecy")]
    with pytest.raises(ForbiddenMove):
        choose(here, row, id=0, raison_sociale=2)


def test_one_column_may_say_two_things_and_another_is_left_aside(here):
    row = prepared(here, as_csv())
    choose(here, row, id=6, raison_sociale=1, siret=6)
    assert row.reading["sample"][0] | {"adresse": ""} == {
        "id": "732 829 320 00074", "raison_sociale": "Ateliers du Lac", "siret": "73282932000074", "adresse": "",
        "code_postal": "", "ville": "", "telephone": "", "email": "", "contact": "",
    }  # fmt: skip
    assert "Commune" in row.reading["ignored"]


def test_only_ones_own_files(here, elsewhere):
    row = prepared(here, as_csv())
    with pytest.raises(Missing):
        imports.choose_columns(import_id=row.pk, columns={"id": 0, "raison_sociale": 1}, by=elsewhere.by)
