"""A session's convocations: the page that writes them, its preview, a wrong variable, a file, the fate of each."""

from types import SimpleNamespace

import pytest

from comptoir.mail.models import Attachment, Message
from tests.e2e.looking import faults_of, overheard
from tests.e2e.test_registrations import sign_in
from tests.factories import make_activity, make_organisation, make_registrations, make_session, make_staff

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(live_server):
    organisation = make_organisation("loire")
    session = make_session(make_activity(organisation, title="Secourisme en équipe"))
    people = [("Hugo", "Marchand", "hugo@exemple.fr"), ("Anne", "Vial", "anne@exemple.fr"), ("Zoé", "Roy", "")]
    make_registrations(session, people=people, booking_contact_email="claire@exemple.fr")
    desk = f"{live_server.url}/loire/bureau/"
    return SimpleNamespace(staff=make_staff(organisation), desk=desk, session=session)


def choose_all(page, world):
    sign_in(page, world)
    page.goto(f"{world.desk}inscriptions/")
    for box in page.locator("[data-tick]").all():
        box.check()
    page.get_by_role("button", name="Écrire").click()
    page.get_by_role("heading", name="Écrire aux inscrits").wait_for()


def test_a_session_is_called_with_a_file_and_each_fate_is_seen(page, world):
    heard = overheard(page)
    sign_in(page, world)
    page.goto(f"{world.desk}sessions/{world.session.pk}/")
    page.get_by_role("button", name="Envoyer les convocations").click()
    page.get_by_text("2 messages partiront.").wait_for()
    frame = page.frame_locator("iframe[name=apercu]")
    frame.get_by_text("Bonjour Hugo Marchand,").wait_for()
    page.get_by_label("Message", exact=True).fill("Bonjour {destinataire},\n\nApportez vos gants : {session}.")
    frame.get_by_text("Apportez vos gants").wait_for()
    file = {"name": "Plan d’accès.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 plan %%EOF"}
    page.get_by_label("Joindre un fichier").set_input_files(file)
    page.get_by_role("button", name="Retirer Plan d’accès.pdf").wait_for()
    assert "vos gants" in page.get_by_label("Message", exact=True).input_value()
    assert faults_of(page) == []
    page.get_by_role("button", name="Envoyer", exact=True).click()
    page.get_by_role("heading", name="2 destinataires").wait_for()
    page.get_by_text("Sans courriel").wait_for()
    assert faults_of(page) == []
    assert Message.objects.count() == 2
    assert Attachment.objects.filter(name="Plan d’accès.pdf").count() == 1
    page.get_by_role("link", name="Laissé de côté 1").click()
    page.get_by_role("link", name="Zoé Roy").wait_for()
    assert "fate=skipped" in page.url
    assert heard == []


def test_without_a_script_a_wrong_variable_is_named_and_the_words_stay(browser, browser_context_args, world):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    choose_all(page, world)
    page.get_by_label("Message", exact=True).fill("Bonjour {prenom}")
    page.get_by_role("button", name="Envoyer", exact=True).click()
    page.get_by_text("La variable {prenom} n’existe pas").first.wait_for()
    assert page.get_by_label("Message", exact=True).input_value() == "Bonjour {prenom}"
    page.get_by_label("Message", exact=True).fill("Bonjour {destinataire}")
    page.get_by_label("Objet").press("Enter")  # saves: never sends
    page.get_by_text("Le brouillon est enregistré").wait_for()
    assert Message.objects.count() == 0
    page.get_by_role("button", name="Envoyer", exact=True).click()
    page.get_by_role("heading", name="2 destinataires").wait_for()
    context.close()
