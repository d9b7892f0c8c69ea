"""Dates proposed at the desk, read in a real mailbox, answered by the link, seen at the desk; then they move."""

import re
from types import SimpleNamespace

import pytest
from django.utils import timezone

from comptoir.mail import commands as mail
from comptoir.proposals.models import Answer
from tests.e2e.looking import faults_of, overheard
from tests.e2e.test_registrations import sign_in
from tests.factories import (
    make_activity,
    make_client,
    make_contact,
    make_organisation,
    make_session,
    make_slot,
    make_staff,
)
from tests.mail.server import Postbox, free_port, start

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(live_server, settings):
    settings.PUBLIC_URL = live_server.url
    port = free_port()
    options = {"host": "127.0.0.1", "port": port, "timeout": 5}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
    postbox = Postbox()
    server = start(postbox, port)
    organisation = make_organisation("loire", contact_email="bonjour@loire.test", phone="0240123456")
    begins = timezone.now().replace(hour=8, minute=0, second=0, microsecond=0) + timezone.timedelta(days=40)
    activity = make_activity(organisation, title="Secourisme en équipe")
    session = make_session(activity, kind="intra", is_published=False, starts_on=begins.date(), ends_on=begins.date())
    for start_at in (begins, begins + timezone.timedelta(hours=5)):
        make_slot(session, start_at, start_at + timezone.timedelta(hours=3))
    lake = make_client(organisation, "Ateliers du Lac")
    make_contact(lake, "claire@lac.test", first_name="Claire", last_name="Lefèvre", is_main=True)
    desk = f"{live_server.url}/loire/bureau/"
    yield SimpleNamespace(staff=make_staff(organisation), desk=desk, session=session, postbox=postbox)
    server.stop()


def last_mail(world, subject):
    mail.send_due(at=timezone.now(), limit=20)
    return [one for one in world.postbox.taken if subject in str(one.mail["Subject"])][-1]


def link_in(taken, answer):
    return re.search(rf"https?://\S+/dates/\S+\?reponse={answer}", taken.text)[0]


def propose(page, world):
    """From the session's page to the confirmation: a client added, a preview, a copy, a file, « Envoyer »."""
    page.goto(f"{world.desk}sessions/{world.session.pk}/")
    page.get_by_role("link", name="Client", exact=True).click()
    page.get_by_text("Ajoutez le client pour qui cette session est organisée").wait_for()
    page.get_by_label("Client", exact=True).fill("ateliers")
    page.get_by_role("option", name="Ateliers du Lac").click()
    page.get_by_role("link", name="Ateliers du Lac").wait_for()
    assert faults_of(page) == []
    page.get_by_role("button", name="Proposer les dates").click()
    page.get_by_role("heading", name="Proposer les dates").wait_for()
    assert page.get_by_label("Destinataire").input_value() == "claire@lac.test"
    frame = page.frame_locator("iframe[name=apercu]")
    frame.get_by_text("Bonjour Claire Lefèvre,").wait_for()
    page.get_by_label("CC (facultatif)").fill("chef@lac.test")
    page.get_by_label("Objet").fill("À confirmer : {session}")
    frame.get_by_text("À confirmer : Secourisme en équipe").wait_for()
    file = {"name": "Programme.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 programme %%EOF"}
    page.get_by_label("Joindre un fichier").set_input_files(file)
    page.get_by_role("button", name="Retirer Programme.pdf").wait_for()
    assert faults_of(page) == []
    page.get_by_role("button", name="Envoyer", exact=True).click()
    page.get_by_text("La proposition part à 1 client.").wait_for()
    page.get_by_text("Date(s) en attente de confirmation - Envoyé le").first.wait_for()
    assert faults_of(page) == []


def received(world):
    """What the mailbox holds: to whom, with what."""
    taken = last_mail(world, "À confirmer")
    assert taken.recipients == ["claire@lac.test", "chef@lac.test"]
    names = [one.get_filename() for one in taken.mail.iter_attachments()]
    assert "Programme.pdf" in names
    assert sum(name.endswith(".ics") for name in names) == 2
    return taken


def decline_then_accept(client, world, link):
    """The client's own visit: opening decides nothing, two buttons, the last one holds."""
    noise = overheard(client)
    client.goto(link)
    client.get_by_role("heading", name="Ces dates vous conviennent-elles").wait_for()
    assert faults_of(client) == []
    assert not Answer.objects.exists()
    client.get_by_label("D’autres dates vous iraient mieux").fill("Plutôt un lundi.")
    client.get_by_role("button", name="Je décline").click()
    client.get_by_role("heading", name="Vous déclinez ces dates").wait_for()
    client.get_by_role("button", name="J’accepte").click()
    client.get_by_role("heading", name="Vous acceptez ces dates").wait_for()
    assert faults_of(client) == []
    assert noise == []


def test_both_sides_of_a_proposal(page, browser, browser_context_args, world):
    heard = overheard(page)
    sign_in(page, world)
    propose(page, world)
    taken = received(world)
    visit = browser.new_context(**browser_context_args)
    decline_then_accept(visit.new_page(), world, link_in(taken, "non"))
    receipt = last_mail(world, "Votre réponse est enregistrée")
    assert receipt.recipients == ["claire@lac.test"]
    assert "Vous acceptez ces dates." in receipt.text
    assert "Plutôt un lundi." in last_mail(world, "Ateliers du Lac").text
    assert [one.said for one in Answer.objects.order_by("position")] == ["declined", "accepted"]

    page.reload()
    page.get_by_text("Date(s) acceptée(s) le").wait_for()
    page.goto(f"{world.desk}sessions/?confirmation=confirmed")
    page.get_by_role("cell", name="Confirmé").wait_for()
    assert faults_of(page) == []
    assert heard == []
    visit.close()


def test_the_switch_and_the_dates_that_move(page, world):
    sign_in(page, world)
    page.goto(f"{world.desk}sessions/{world.session.pk}/clients/")
    page.get_by_label("Client", exact=True).fill("ateliers")
    page.get_by_role("option", name="Ateliers du Lac").click()
    page.get_by_role("button", name="Proposer les dates").click()
    page.get_by_role("button", name="Envoyer", exact=True).click()
    page.get_by_text("La proposition part à 1 client.").wait_for()
    page.get_by_role("switch", name="Validation manuelle pour Ateliers du Lac").check()
    page.get_by_text("Date(s) validée(s) manuellement").wait_for()
    page.get_by_role("switch", name="Validation manuelle pour Ateliers du Lac").uncheck()
    page.get_by_text("Date(s) en attente de confirmation").first.wait_for()
    page.goto(f"{world.desk}sessions/{world.session.pk}/seances/#decaler")
    day = (world.session.begins_at + timezone.timedelta(days=7)).date()
    page.get_by_label("Nouveau premier jour").fill(f"{day:%Y-%m-%d}")
    page.get_by_role("button", name="Décaler").click()
    page.goto(f"{world.desk}sessions/{world.session.pk}/clients/")
    page.get_by_text("1 client connaît encore les dates d’avant.").wait_for()
    page.get_by_role("button", name="Proposer les nouvelles dates").click()
    page.get_by_text("Les nouvelles dates partent à 1 client.").wait_for()
    taken = last_mail(world, "Vos dates")
    assert "Ne sont plus prévus" in taken.text
