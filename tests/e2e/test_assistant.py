"""An assistant's morning in a browser: from the sign-in to the report; then without a script, and without a mouse."""

import pytest
from django.utils import timezone

from comptoir.bookings.models import Registration
from comptoir.deals.models import Deal
from comptoir.integration.commands import reporting, running
from comptoir.integration.models import Run
from comptoir.preregistrations.models import Request
from comptoir.web.desk.intake import rehearsal
from tests.e2e.looking import faults_of, overheard
from tests.factories import PASSWORD, make_client
from tests.integration.conftest import ask, make_world

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
VIEWS = [(width, scheme) for width in (1280, 390) for scheme in ("light", "dark")]


@pytest.fixture
def world(live_server, tmp_path, settings):
    """Four requests wait: a known client, a client probably known, a stranger, and one to be thrown away."""
    rehearsal._shelf.clear()
    made = make_world(tmp_path, settings)
    made.session.capacity = 40
    made.session.save()
    make_client(made.organisation, "Mairie de Rezé", siret="73282932000074", city="Rezé")
    made.known = ask(made, people=2)
    made.unknown = ask(made, legal_name="Groupe scolaire Pauline Roland", city="Rezé")
    made.stranger = ask(made, legal_name="Menuiserie Bocage", email="a@bocage.fr")
    made.mistake = ask(made, legal_name="Essai", email="essai@essai.fr")
    made.desk = f"{live_server.url}/{made.organisation.slug}/bureau/"
    return made


def sign_in(page, world):
    page.goto(world.desk)
    page.get_by_label("Identifiant").fill(world.staff.user.login)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_label("Mot de passe", exact=True).press("Enter")
    page.wait_for_url(f"{world.desk}**")


def work():
    """What the background rounds do with a run."""
    running.advance_due(at=timezone.now())
    reporting.produce_due(at=timezone.now())


def row(page, request):
    return page.get_by_role("row").filter(has_text=request.reference)


def test_from_the_question_to_the_report(page, world):
    heard = overheard(page)
    sign_in(page, world)
    page.get_by_text("Des inscriptions sont en attente de gestion.").wait_for()
    page.get_by_role("link", name="Oui, les traiter").click()

    box = row(page, world.unknown).get_by_label("Client de la demande")
    box.fill("reze")
    page.get_by_role("option", name="Mairie de Rezé").click()
    row(page, world.unknown).get_by_text("Choisi à la main").wait_for()

    row(page, world.stranger).get_by_role("link", name="Corriger").click()
    page.get_by_label("Raison sociale").fill("Menuiserie du Bocage")
    page.get_by_role("button", name="Enregistrer la correction").click()
    row(page, world.stranger).get_by_text("Menuiserie du Bocage").wait_for()
    assert row(page, world.stranger).locator("del").inner_text().endswith("Menuiserie Bocage")

    page.get_by_label(f"Cocher la demande {world.mistake.reference}").check()
    page.get_by_text("1 demande cochée").wait_for()
    page.get_by_role("button", name="Mettre à la corbeille").click()
    page.get_by_text("1 demande mise à la corbeille").wait_for()

    page.get_by_role("button", name="Continuer avec les 3 demandes").click()
    page.get_by_label("clients identifiés").check()
    page.get_by_text("2 demandes en session").wait_for()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_text("client non identifié").wait_for()
    page.get_by_role("button", name="Intégrer 3 demandes").click()

    page.get_by_text("Vous pouvez quitter cette page").wait_for()
    page.goto(world.desk)
    page.get_by_role("link", name="IN-00001").click()
    work()
    page.get_by_role("link", name="Compte rendu (PDF)").wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="Compte rendu (PDF)").click()
    assert download.value.suggested_filename == "CR-IN-00001.pdf"
    assert (Registration.objects.count(), Deal.objects.count()) == (3, 1)
    assert heard == []


def every_page(world):
    """The addresses of the assistant with something in each."""
    return [
        "", "importation/", f"importation/demandes/{world.unknown.reference}/", "importation/methode/",
        "importation/options/", "importation/validation/", "importation/corbeille/", "importation/fichiers/",
        "importation/integrations/", "recherche/?q=reze", "recherche/?q=introuvable",
    ]  # fmt: skip


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_no_page_has_a_fault_that_axe_or_the_console_sees(page, world, width, scheme):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    sign_in(page, world)
    heard = overheard(page)
    (world.spool / world.mistake.file.name).write_bytes(b"{}")
    page.goto(f"{world.desk}importation/")
    page.get_by_role("button", name="Relire le dossier Résa").click()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Intégrer").wait_for()
    faults = {}
    for path in every_page(world):
        page.goto(f"{world.desk}{path}")
        faults[path] = faults_of(page)
    page.goto(f"{world.desk}importation/validation/")
    page.get_by_role("button", name="Intégrer").click()
    page.get_by_text("Vous pouvez quitter cette page").wait_for()
    faults["run under way"] = faults_of(page)
    work()
    page.get_by_role("link", name="Compte rendu (PDF)").wait_for()
    faults["run done"] = faults_of(page)
    assert {path: found for path, found in faults.items() if found} == {}
    assert heard == []


def test_everything_works_without_a_script(browser, browser_context_args, world):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, world)
    page.get_by_role("link", name="Oui, les traiter").click()
    row(page, world.unknown).get_by_label("Client de la demande").fill("mairie de reze")
    row(page, world.unknown).get_by_role("button", name="Choisir ce client").click()
    row(page, world.unknown).get_by_text("Choisi à la main").wait_for()
    row(page, world.stranger).get_by_role("button", name="Créer le client").click()
    row(page, world.stranger).get_by_text("Choisi à la main").wait_for()
    page.get_by_label(f"Cocher la demande {world.mistake.reference}").check()
    page.get_by_role("button", name="Mettre à la corbeille").click()
    page.get_by_role("button", name="Continuer avec les 3 demandes").click()
    page.get_by_label("clients identifiés").check()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Intégrer 3 demandes").click()
    page.get_by_text("Vous pouvez quitter cette page").wait_for()
    work()
    page.get_by_role("link", name="Compte rendu (PDF)").wait_for()  # the page reloads by itself
    assert Run.objects.get().total == 3
    context.close()


def test_a_client_is_chosen_and_requests_ticked_by_keyboard_alone(page, world):
    sign_in(page, world)
    page.goto(f"{world.desk}importation/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "recherche"
    row(page, world.unknown).get_by_label("Client de la demande").focus()
    page.keyboard.type("reze")
    page.get_by_role("option", name="Mairie de Rezé").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    row(page, world.unknown).get_by_text("Choisi à la main").wait_for()
    page.locator("a:focus", has_text="Mairie de Rezé").wait_for()  # the focus comes a moment after the row
    page.get_by_label(f"Cocher la demande {world.known.reference}").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    page.get_by_role("button", name="Continuer avec les 2 demandes choisies").wait_for()
    page.reload()
    assert page.locator("[data-tick]:checked").count() == 2


def test_two_clicks_and_the_back_button_make_one_run(page, world):
    sign_in(page, world)
    page.goto(f"{world.desk}importation/")
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Intégrer").dblclick()
    page.get_by_text("Vous pouvez quitter cette page").wait_for()
    page.go_back()
    page.wait_for_load_state()
    again = page.get_by_role("button", name="Intégrer")
    if again.count():
        again.click()
        page.wait_for_url("**/integrations/IN-00001/")
    assert Run.objects.count() == 1
    assert Request.objects.filter(claim="IN-00001").count() == 4
