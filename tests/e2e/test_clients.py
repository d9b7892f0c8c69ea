"""A list of clients imported from a workbook whose columns are chosen; two said to be two, then taken back."""

import pytest
from django.utils import timezone

from comptoir.clients.commands import import_runs
from comptoir.clients.models import Client, RefusedPair
from tests.base.test_workbooks import workbook
from tests.e2e.looking import faults_of, overheard
from tests.factories import PASSWORD, make_client, make_organisation, make_staff

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
HOME = "/loire/bureau/clients/"
ROWS = [["clef", "qui", "Commune"], ["a", "Ateliers du Lac", "Annecy"], ["b", "", "Sète"]]


@pytest.fixture
def staff(live_server):
    return make_staff(make_organisation("loire"))


def sign_in(page, live_server, staff, there):
    page.goto(f"{live_server.url}/compte/connexion/?next={there}")
    page.get_by_label("Identifiant").fill(staff.user.login)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()


def look(page):
    assert faults_of(page) == []


def test_a_workbook_is_looked_at_its_columns_chosen_then_imported(page, live_server, staff):
    said = overheard(page)
    sign_in(page, live_server, staff, f"{HOME}imports/")
    look(page)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    file = {"name": "clients.xlsx", "mimeType": kind, "buffer": workbook(ROWS).getvalue()}
    page.get_by_label("Fichier CSV ou classeur Excel").set_input_files(file)
    page.get_by_role("button", name="Lire le fichier").click()
    page.get_by_text("Aucune colonne n’est reconnue pour : identifiant chez vous, raison sociale.").wait_for()
    look(page)
    page.get_by_label("Identifiant").select_option(label="clef (a)")
    page.get_by_label("Raison sociale").select_option(label="qui (Ateliers du Lac)")
    page.get_by_role("button", name="Relire avec ces colonnes").click()
    page.get_by_text("La raison sociale est vide.").wait_for()
    look(page)
    page.get_by_role("button", name="Importer 1 client").click()
    page.get_by_text("Import en attente de son tour").wait_for()
    import_runs.run_due(at=timezone.now(), limit=1)
    page.get_by_text("Clients créés").wait_for()  # the page comes back by itself
    assert Client.objects.get().city == "Annecy"
    assert said == []


def test_two_said_to_be_two_are_found_again_and_taken_back(page, live_server, staff):
    said = overheard(page)
    one, other = (
        make_client(staff.organisation, name, city="Toulon") for name in ("Mairie de Toulon", "CCAS de Toulon")
    )
    sign_in(page, live_server, staff, f"{HOME}{one.pk}/memes-mots/")
    look(page)
    page.get_by_role("link", name="Comparer").click()
    page.get_by_role("button", name="Pas un doublon").click()
    page.get_by_role("link", name="Fiches distinctes").click()
    page.get_by_role("link", name=other.legal_name).wait_for()
    look(page)
    page.get_by_role("button", name="Ce sont peut-être des doublons").click()
    page.get_by_text("la prochaine recherche comparera").wait_for()
    assert not RefusedPair.objects.exists()
    assert said == []
