"""A manager's morning with the registrations: found, paid by cheque, cancelled, brought back, one withdrawn, repaid."""

from types import SimpleNamespace

import pytest

from comptoir.bookings.models import Booking, Registration
from tests.e2e.looking import faults_of, overheard
from tests.factories import PASSWORD, make_activity, make_organisation, make_registrations, make_session, make_staff

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def world(live_server):
    organisation = make_organisation("loire")
    session = make_session(make_activity(organisation, title="Secourisme en équipe"), capacity=6)
    people = [("Hugo", "Marchand", "hugo@exemple.fr"), ("Anne", "Vial", "")]
    named = {"booking_contact_name": "Claire Lefèvre", "booking_contact_email": "claire@exemple.fr"}
    row = make_registrations(session, people=people, state="pending", **named)[0]
    for number in range(40):
        make_registrations(session, people=[("Nº", f"{number:02}", "")], state="cancelled")
    return SimpleNamespace(
        staff=make_staff(organisation), booking=row.booking, desk=f"{live_server.url}/loire/bureau/", session=session
    )


def sign_in(page, world):
    page.goto(world.desk)
    page.get_by_label("Identifiant").fill(world.staff.user.login)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{world.desk}**")


def state(world):
    booking = Booking.objects.get(pk=world.booking.pk)
    rows = Registration.objects.filter(booking=booking).order_by("position")
    return [row.state for row in rows], booking.payment


def journey(page, world):
    """From the list to the refund, by what is written on the buttons."""
    page.get_by_role("link", name="Inscriptions", exact=True).first.click()
    page.get_by_label("Référence, nom, courriel").fill("marchand hugo")
    page.get_by_role("button", name="Rechercher").click()
    page.get_by_role("link", name="Marchand Hugo", exact=True).click()

    page.get_by_role("link", name="Valider le paiement").click()
    if not page.get_by_label("Montant TTC").is_visible():
        page.locator("#reglement > summary").click()
    page.get_by_label("Commentaire interne").fill("Chèque nº 0042, reçu ce matin")
    page.get_by_role("button", name="Valider le paiement").click()
    page.get_by_text("Le paiement est validé.").wait_for()
    page.get_by_text("Chèque nº 0042, reçu ce matin").wait_for()
    assert state(world) == (["validated", "validated"], "paid")

    page.get_by_role("link", name="Annuler", exact=True).click()
    page.get_by_role("button", name="Annuler la réservation").click()
    page.get_by_text("ses places sont libres").wait_for()
    assert state(world) == (["cancelled", "cancelled"], "refund_due")
    page.get_by_role("button", name="Réactiver").click()
    page.get_by_text("toutes ses places sont reprises").wait_for()
    page.get_by_role("button", name="Valider", exact=True).click()
    page.get_by_text("La réservation est validée.").wait_for()
    assert state(world) == (["validated", "validated"], "paid")

    page.get_by_role("link", name="Annuler l’inscription de Hugo Marchand").click()
    page.get_by_text("C’est définitif").wait_for()
    page.get_by_role("button", name="Annuler cette inscription").click()
    page.get_by_text("est retirée").wait_for()
    assert state(world) == (["withdrawn", "validated"], "refund_due")
    page.locator("#reglement > summary").click()
    page.get_by_role("button", name="Valider le remboursement").click()
    page.get_by_text("Le remboursement est validé.").wait_for()
    assert state(world) == (["withdrawn", "validated"], "paid")


def test_from_the_list_to_the_refund(page, world):
    heard = overheard(page)
    sign_in(page, world)
    journey(page, world)
    assert faults_of(page) == []
    assert heard == []


def test_the_same_without_a_script(browser, browser_context_args, world):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, world)
    journey(page, world)
    context.close()


def test_ticked_then_all_results_then_files(page, world):
    heard = overheard(page)
    sign_in(page, world)
    page.goto(f"{world.desk}inscriptions/?state=cancelled")
    page.get_by_label("Cocher toutes les lignes de la page").check()
    page.get_by_text("25 inscriptions cochées").wait_for()
    page.get_by_role("button", name="Sélectionner les 40 résultats").click()
    page.get_by_text("40 inscriptions cochées").wait_for()
    with page.expect_download() as download:
        page.locator("[data-action-bar]").get_by_role("button", name="CSV").click()
    assert len(download.value.path().read_bytes().splitlines()) == 41
    page.get_by_role("button", name="Autres actes").click()
    page.get_by_text("40 inscriptions").wait_for()
    page.get_by_role("button", name="Réactiver").click()
    page.get_by_text("4 réservations.").wait_for()
    page.get_by_text("36 réservations laissées telles quelles").wait_for()
    assert Registration.objects.filter(session=world.session, state="pending").count() == 6
    assert heard == []
