"""`comptoir clients match` and `clients duplicates`: files in and out, read again by a program and by LibreOffice."""

import csv
import io
import json

import pytest

from comptoir.cli import main
from comptoir.clients import scanning
from comptoir.clients.commands import imports
from comptoir.clients.commands.duplicates import refuse_pair
from comptoir.clients.models import Client, DuplicateScan
from comptoir.organisations.actors import system
from tests import office
from tests.factories import NOW, make_client, make_organisation

SIRET = "73282932000074"
BASE = """id,raison_sociale,siret,adresse,code_postal,ville,telephone,email,contact
1,Mairie de Sète,,12 rue du Port,34200,Sète,04 67 00 00 01,contact@ville-sete.fr,Claire Martin
2,COMMUNE DE SETE,,12 r. du Port,34200,SETE,04.67.00.00.01,contact@ville-sete.fr,MARTIN Claire
=3+1,Ateliers du Lac,73282932000074,3 quai Neuf,74000,Annecy,04 50 00 00 01,,
"""
HEAD = "id,raison_sociale,siret,adresse,code_postal,ville,telephone,email,contact\n"
ASKED = HEAD + (
    "a,Ville de Sète,,12 rue du Port,34200,Sète,0467000001,,\n"
    "b,SARL ATELIERS DU LAC,732 829 320 00074,,,ANNECY CEDEX,,,\n"
    "=1+1,Menuiserie Bocage,,,56000,Vannes,,,\n"
    "\n"
    "d,Boucherie Sanzot,73282932000074\n"
)


@pytest.fixture
def base(transactional_db):
    organisation = make_organisation("essai")
    imports.import_clients(source=io.BytesIO(BASE.encode()), by=system(organisation.pk), at=NOW)
    return organisation


def run(*words):
    return main.main(["clients", *map(str, words), "--organisation", "essai"])


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def files(tmp_path):
    asked = tmp_path / "demandes.csv"
    asked.write_text(ASKED, encoding="utf-8")
    return asked, tmp_path / "réponses.csv"


@office.needed
def test_every_request_has_its_line_in_order(base, files, tmp_path, capsys):
    asked, out = files
    assert run("duplicates", "--out", out) == 0
    assert run("match", asked, "--out", out, "--json") == 0
    rows = read(out)
    assert list(rows[0]) == ["id", "client", "certainty", "score", "reason"]
    assert [(row["id"], row["client"], row["certainty"]) for row in rows] == [
        ("a", "1", "certain"), ("b", "'=3+1", "certain"), ("'=1+1", "", "none"), ("d", "'=3+1", "probable"),
    ]  # fmt: skip
    assert rows[1]["reason"] == "même SIRET, même nom, même commune"
    assert rows[3]["reason"] == "même SIRET, mais un autre nom"
    assert all(0 <= float(row["score"]) <= 1 for row in rows)
    said = capsys.readouterr().out.splitlines()[-1]
    assert json.loads(said) == {"certain": 2, "none": 1, "probable": 1}
    cells = office.opened(out.read_bytes(), tmp_path, ",")
    assert [row[0] for row in cells][1:] == ["a", "b", "'=1+1", "d"], "LibreOffice ran nothing"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_files_as_spreadsheets_write_them(base, files, encoding, delimiter):
    asked, out = files
    asked.write_text(ASKED.replace(",", delimiter).replace("\n", "\r\n"), encoding=encoding, newline="")
    assert run("match", asked, "--out", out) == 0
    assert [row["certainty"] for row in read(out)][1:] == ["certain", "none", "probable"]


def test_a_number_typed_is_read_too(base, files):
    asked, out = files
    number = Client.objects.get(imported_id="=3+1").number
    asked.write_text(f"Numéro client;Raison sociale\n{number};Ateliers du Lac\n")
    assert run("match", asked, "--out", out) == 0
    assert [(row["id"], row["certainty"]) for row in read(out)] == [("", "certain")]


@pytest.mark.parametrize("text", ["a" * 10_000, "", "<script>", "\u202eورشة", "🏭🚒", "x\0y", "'; drop table x; --"])
def test_hostile_names_have_their_line(base, files, text):
    asked, out = files
    line = io.StringIO()
    csv.writer(line).writerow(["z", *[text] * 8])
    asked.write_text(ASKED + line.getvalue())
    assert run("match", asked, "--out", out) == 0
    assert [(row["id"], row["certainty"]) for row in read(out)][-1] == ("z", "none")


REFUSED = {
    "empty": (b"", "Ce fichier est vide."),
    "no column": (b"nom;lieu\nLac;Annecy\n", "Aucune colonne connue en première ligne."),
    "a workbook": (b"PK\x03\x04....", "n’est pas du texte"),
    "an open quote": (f'{HEAD}a,"{"Lac " * 50_000}\n'.encode(), "La ligne 2 ne se lit pas"),
}


@pytest.mark.parametrize(("content", "sentence"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_and_what_was_written_stays(base, files, capsys, content, sentence):
    asked, out = files
    asked.write_bytes(content)
    out.write_text("avant")
    assert run("match", asked, "--out", out) == 1
    assert sentence in capsys.readouterr().err
    assert (out.read_text(), sorted(one.name for one in out.parent.iterdir())) == (
        "avant",
        sorted([asked.name, out.name]),
    )


def test_files_that_are_not_there_or_are_one(base, files, tmp_path, capsys):
    asked, out = files
    assert run("match", tmp_path / "rien.csv", "--out", out) == 1
    assert "Ce fichier ne peut être lu" in capsys.readouterr().err
    for words in (("match", asked), ("duplicates",)):
        assert run(*words, "--out", tmp_path / "nulle" / "part.csv") == 1
        assert "Ce fichier ne peut être écrit" in capsys.readouterr().err
    assert run("match", asked, "--out", asked) == 1
    assert "Le fichier à écrire est celui des demandes" in capsys.readouterr().err
    assert asked.read_text() == ASKED
    assert main.main(["clients", "match", str(asked), "--out", str(out), "--organisation", "inconnue"]) == 1
    assert "comptoir : " in capsys.readouterr().err
    for words in ((), ("duplicates",), ("match", asked)):
        with pytest.raises(SystemExit) as usage:
            run(*words)
        assert usage.value.code == 2


def test_pairs_by_their_ids_as_imported_else_by_number(base, files, capsys):
    _asked, out = files
    twin = make_client(
        base, "SARL Ateliers du Lac", city="Annecy", postcode="74000", address="3 quai Neuf", number="C000900"
    )
    assert run("duplicates", "--out", out, "--json") == 0
    rows = read(out)
    assert list(rows[0]) == ["left", "right", "certainty", "score", "reason"]
    assert {(row["left"], row["right"]) for row in rows} == {("1", "2"), ("'=3+1", twin.number)}
    assert [float(row["score"]) for row in rows] == sorted((float(row["score"]) for row in rows), reverse=True)
    assert all("même commune" in row["reason"] for row in rows)
    said = json.loads(capsys.readouterr().out)
    assert said["clients"] == 4
    assert said["certain"] + said.get("probable", 0) == len(rows) == 2


def test_refused_pairs_and_other_organisations_are_not_written(base, files):
    _asked, out = files
    other = make_organisation("ailleurs")
    for _twice in range(2):
        make_client(other, "Ateliers du Lac", city="Annecy", siret=SIRET)
    left, right = Client.objects.filter(imported_id__in=("1", "2"))
    refuse_pair(left_id=left.pk, right_id=right.pk, by=system(base.pk), at=NOW)
    assert run("duplicates", "--out", out) == 0
    assert read(out) == []


def test_a_search_that_fails_is_said_and_nothing_is_written(base, files, capsys, monkeypatch):
    _asked, out = files

    def broken(*_args):
        raise ZeroDivisionError

    monkeypatch.setattr(scanning, "_judged", broken)
    assert run("duplicates", "--out", out) == 1
    assert "La recherche de doublons s’est arrêtée" in capsys.readouterr().err
    assert not out.exists()
    assert DuplicateScan.objects.get().state == "failed"
