"""Duplicates searched for, compared, merged, the merge undone, merged again and the emptied record deleted."""

import pytest
from django.utils import timezone

from comptoir.clients.commands import duplicates
from comptoir.clients.commands.clients import create_client
from comptoir.clients.models import Client, Suspicion
from tests.e2e.looking import faults_of, overheard
from tests.factories import PASSWORD, actor_of, make_contact, make_organisation, make_staff

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def staff(live_server):
    return make_staff(make_organisation("loire"))


def fiche(staff, name, **fields):
    pk = create_client(legal_name=name, city="Toulon", by=actor_of(staff), at=timezone.now(), **fields)
    return Client.objects.get(pk=getattr(pk, "pk", pk))


def sign_in(page, live_server, staff):
    page.goto(f"{live_server.url}/compte/connexion/?next=/loire/bureau/clients/doublons/")
    page.get_by_label("Identifiant").fill(staff.user.login)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()


def look(page):
    assert faults_of(page) == []


def test_from_the_search_to_the_deletion(page, live_server, staff):
    said = overheard(page)
    kept = fiche(staff, "Mairie de Toulon", siret="73282932000074")
    double = fiche(staff, "Commune de TOULON", siret="73282932000074", phone="0494000000")
    make_contact(double, "claire@exemple.fr")
    sign_in(page, live_server, staff)
    look(page)
    page.get_by_role("button", name="Chercher les doublons").click()
    page.get_by_text("Recherche en attente").wait_for()
    duplicates.scan_due(at=timezone.now(), limit=1)
    level = Suspicion.objects.get().level
    page.get_by_text("Dernière recherche").wait_for()  # the page comes back by itself
    page.get_by_role("link", name="Doublons certains" if level == "certain" else "Doublons probables").click()
    look(page)
    page.get_by_role("link", name="Comparer").click()
    look(page)
    page.get_by_label(kept.number).check()
    page.get_by_role("button", name="Fusionner").click()
    page.get_by_text(f"Les fiches sont fusionnées dans {kept.number}").wait_for()
    look(page)
    page.get_by_role("button", name="Annuler la fusion").click()
    page.get_by_text("La fusion est annulée").wait_for()
    assert double.contacts.count() == 1
    page.goto(f"{live_server.url}/loire/bureau/clients/doublons/comparaison/?fiche={kept.pk}&fiche={double.pk}")
    page.get_by_label(kept.number).check()
    page.get_by_role("button", name="Fusionner").click()
    page.get_by_role("link", name="Supprimer").click()
    look(page)
    page.get_by_label("Numéro de la fiche").fill(double.number)
    page.get_by_label("Votre mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Supprimer la fiche").click()
    page.get_by_text(f"La fiche {double.number} est supprimée").wait_for()
    assert list(Client.objects.all()) == [kept]
    assert kept.contacts.count() == 1
    assert said == []
