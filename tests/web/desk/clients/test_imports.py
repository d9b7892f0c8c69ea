"""A file dropped, looked at, run by the rounds, reported; abandoned; refused in words."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from comptoir.clients.models import Client, ClientImport
from comptoir.jobs.rounds import ROUNDS
from comptoir.web.desk.clients import file_forms
from tests.base.test_workbooks import workbook
from tests.factories import make_organisation
from tests.web.desk.clients.conftest import HOME, text

IMPORTS = f"{HOME}imports/"
FILE = "id;raison_sociale;siret;ville\n1;Ateliers du Lac;73282932000074;Annecy\n2;Mairie de Sète;12;Sète\n3;;;\n"


def drop(browser, content=FILE, name="clients.csv", home=IMPORTS):
    return browser.post(
        home, {"file": SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)}
    )


def run_rounds(later=0):
    return ROUNDS["clients.run_due"].run(at=timezone.now() + timedelta(minutes=later), limit=5)


def test_a_file_is_looked_at_then_run_then_reported(desk, organisation):
    address = drop(desk).url
    shown = text(desk.get(address))
    for said in ("Importer 2 clients", "UTF-8", "Ateliers du Lac", "La raison sociale est vide.", "Refusée",
                 "Reprise en partie", "Ce SIRET a 2 chiffres ; il en faut 14."):  # fmt: skip
        assert said in shown
    assert not Client.objects.exists()
    assert desk.post(f"{address}validation/").url == address
    assert "Import en attente de son tour" in text(desk.get(address))
    assert "Import en attente" in text(desk.get(f"{address}avancement/"))
    assert len(run_rounds().done) == 1
    assert desk.get(f"{address}avancement/").headers["HX-Refresh"] == "true"
    shown = text(desk.get(address))
    assert "Clients créés" in shown
    assert "Importer 2 clients" not in shown
    assert Client.objects.count() == 2
    assert desk.post(f"{address}validation/").status_code == 409
    assert "clients.csv" in text(desk.get(IMPORTS))


def test_a_file_already_imported_has_nothing_to_write(desk, organisation):
    desk.post(f"{drop(desk).url}validation/")
    run_rounds()
    shown = text(desk.get(drop(desk).url))
    assert "Tout est déjà à jour : il n’y a rien à importer." in shown
    assert "validation/" not in shown


def test_an_abandoned_file_is_gone(desk, organisation):
    address = drop(desk).url
    assert desk.post(f"{address}abandon/").url == IMPORTS
    assert ClientImport.objects.get().file.name == ""
    assert "supprimé sans rien écrire" in text(desk.get(address))
    assert desk.post(f"{address}abandon/").status_code == 409


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"PK\x03\x04 classeur", "Ce classeur ne se lit pas"),
     (b"", "Ce fichier est vide.")],
)  # fmt: skip
def test_a_file_that_is_no_list_is_refused_in_words(desk, organisation, content, sentence):
    answer = drop(desk, content)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not ClientImport.objects.exists()


def test_no_file_and_a_file_too_large_are_told(desk, organisation, monkeypatch):
    assert "Choisissez un fichier." in text(desk.post(IMPORTS))
    monkeypatch.setattr(file_forms, "LARGEST_FILE", 10)
    assert "dépasse 64 Mo" in text(drop(desk))


def test_a_strangers_file_does_not_exist(desk, signed_in, organisation):
    address = drop(desk).url
    stranger = signed_in(place=make_organisation("rhone")).browser
    there = address.replace("/loire/", "/rhone/")
    for tail in ("", "avancement/"):
        assert stranger.get(there + tail).status_code == 404
    for tail in ("validation/", "abandon/"):
        assert stranger.post(there + tail).status_code == 404
    assert ClientImport.objects.get().state == "previewed"
    assert "clients.csv" not in text(stranger.get(IMPORTS.replace("/loire/", "/rhone/")))


def test_cells_that_are_markup_or_formulas_are_only_text(desk, organisation):
    shown = drop(desk, 'id,raison_sociale,ville\n1,"<b>=cmd()</b>",+33\n')
    page = desk.get(shown.url).content.decode()
    assert "<b>=cmd" not in page
    assert "&lt;b&gt;=cmd()&lt;/b&gt;" in page


def test_a_person_says_which_column_is_which(desk, organisation):
    address = drop(desk, "clef;qui\na;Ateliers du Lac\n").url
    shown = text(desk.get(address))
    assert "Relire avec ces colonnes" in shown
    assert "qui (Ateliers du Lac)" in shown
    assert "validation/" not in shown
    refused = desk.post(f"{address}colonnes/", {"id": "0"})
    assert refused.status_code == 422
    assert "Choisissez la colonne qui le dit." in text(refused)
    assert desk.post(f"{address}colonnes/", {"id": "0", "raison_sociale": "7"}).status_code == 422
    assert desk.post(f"{address}colonnes/", {"id": "0", "raison_sociale": "1"}).url == address
    assert "Importer 1 client" in text(desk.get(address))
    desk.post(f"{address}validation/")
    assert desk.post(f"{address}colonnes/", {"id": "0", "raison_sociale": "1"}).status_code == 409


def test_a_workbook_is_taken_and_a_broken_one_is_refused_in_words(desk, organisation):
    file = workbook([["id", "Nom"], [1, "Ateliers du Lac"]])
    shown = text(desk.get(drop(desk, file.getvalue(), "clients.xlsx").url))
    assert "Classeur Excel, première feuille" in shown
    assert "Importer 1 client" in shown
    refused = drop(desk, file.getvalue()[:300], "clients.xlsx")
    assert refused.status_code == 422
    assert "Ce classeur ne se lit pas" in text(refused)
