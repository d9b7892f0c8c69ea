"""Two journeys at the desk: a month read by the keyboard alone to its conflict; a model's older words brought back."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from comptoir.catalogue.models import Slot
from tests.e2e.looking import faults_of, overheard
from tests.e2e.test_registrations import sign_in
from tests.factories import make_activity, make_organisation, make_session, make_slot, make_staff
from tests.mail.made import queue

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(live_server):
    organisation = make_organisation("loire")
    activity = make_activity(organisation, title="Secourisme en équipe")
    today = timezone.now().date()
    start = datetime(today.year, today.month, 15, 9, tzinfo=UTC)
    for _ in range(2):
        session = make_session(activity, starts_on=start.date(), ends_on=start.date())
        make_slot(session, start, start + timedelta(hours=3))
    desk = f"{live_server.url}/loire/bureau/"
    return SimpleNamespace(staff=make_staff(organisation), desk=desk, session=session, organisation=organisation)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_month_leads_to_its_conflict_by_the_keyboard(page, world, width):
    heard = overheard(page)
    sign_in(page, world)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{world.desk}planning/")
    page.get_by_text("2 en conflit").wait_for()
    assert faults_of(page) == []
    page.get_by_role("link", name="Semaine").press("Enter")
    page.wait_for_url("**vue=semaine*")
    page.get_by_role("link", name="Période suivante").press("Enter")
    page.get_by_role("link", name="Aujourd’hui").press("Enter")
    page.get_by_role("link", name="Mois", exact=True).press("Enter")
    assert faults_of(page) == []
    page.get_by_role("link", name="Secourisme en équipe").first.press("Enter")
    page.get_by_text("La salle est déjà prise").wait_for()
    assert faults_of(page) == []
    page.goto(f"{world.desk}sessions/{world.session.pk}/seances/")
    page.get_by_label("Formateurs").fill("Solène Jouan")
    page.get_by_role("button", name="Enregistrer les formateurs").click()
    page.get_by_text("Les formateurs sont enregistrés.").wait_for()
    assert faults_of(page) == []
    assert Slot.objects.count() == 2
    assert heard == []


def test_sittings_are_planned_from_a_rule(page, world):
    heard = overheard(page)
    sign_in(page, world)
    page.goto(f"{world.desk}sessions/{world.session.pk}/seances/")
    page.get_by_role("link", name="Choisir la règle").click()
    page.get_by_label("À partir du").fill("2027-12-17")
    page.get_by_label("Chaque semaine, le même jour").check()
    page.get_by_label("Jusqu’au").fill("")
    page.get_by_label("Nombre de dates").fill("3")
    page.get_by_label("Après-midi").uncheck()
    page.get_by_role("button", name="Voir les dates").click()
    page.get_by_role("row", name="vendredi 24 décembre 2027").wait_for()
    page.get_by_label("vendredi 24 décembre 2027").uncheck()
    assert faults_of(page) == []
    page.get_by_role("button", name="Ajouter les séances cochées").click()
    page.get_by_text("2 séances ajoutées.").wait_for()
    days = [one.date().isoformat() for one in world.session.slots.values_list("starts_at", flat=True)]
    assert days[1:] == ["2027-12-17", "2027-12-31"]
    assert heard == []


def test_an_older_version_comes_back_and_the_preview_is_real(page, world):
    heard = overheard(page)
    queue(world.organisation)
    sign_in(page, world)
    model = f"{world.desk}messages/modeles/client-number/fr/"
    for number in ("Un", "Deux"):
        page.goto(model)
        page.get_by_label("Objet").fill(f"{number} {{numero_client}}")
        page.get_by_role("button", name="Enregistrer ce texte").click()
        page.get_by_text("Les prochains messages partiront avec ces mots.").wait_for()
    page.get_by_text("Le dernier message de ce modèle").wait_for()
    assert faults_of(page) == []
    page.get_by_role("link", name="Version 1").click()
    page.get_by_role("button", name="Remettre cette version en vigueur").wait_for()
    assert faults_of(page) == []
    page.get_by_role("button", name="Remettre cette version en vigueur").click()
    page.get_by_text("La version 1 est de nouveau en vigueur.").wait_for()
    assert page.get_by_label("Objet").input_value() == "Un {numero_client}"
    assert heard == []
