"""A member from the sign-up page to the card, and the administrator between: in a browser, with axe at two widths."""

import re

import pytest
from django.utils import timezone

from comptoir.mail import sealing
from comptoir.mail.models import Message
from comptoir.members.models import Member, MemberRules
from tests import factories as f
from tests.e2e.looking import faults_of, overheard

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
PASSWORD = "cinq tasses de café noir"
DETAILS = {
    "Date de naissance": "1994-03-07", "Téléphone": "06 12 34 56 78", "Adresse": "12 rue des Lilas",
    "Code postal": "83000", "Ville": "Toulon",
}  # fmt: skip


@pytest.fixture
def home(live_server, settings):
    settings.PUBLIC_URL = live_server.url
    organisation = f.make_organisation(
        "adpc-var", name="Secours du Var", payment_help="Chèque à l’ordre de l’association."
    )
    MemberRules.objects.create(organisation=organisation, is_open=True, dues_cents=3_500)
    f.make_staff(organisation, user=f.make_user("ADMIN.var", password=f.PASSWORD))
    return f"{live_server.url}/adpc-var/"


def sound(page):
    """Nothing is wrong with the page, on a desk and on a phone, in both lights."""
    for width, scheme in ((1280, "light"), (390, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert faults_of(page) == [], (page.url, width, scheme)


def sign_in(page, home, login, password):
    page.goto(f"{home}compte/connexion/")
    page.get_by_label("Identifiant ou adresse de courriel").fill(login)
    page.get_by_label("Mot de passe", exact=True).fill(password)
    page.get_by_role("button", name="Se connecter", exact=True).click()


def joined(page, home):
    """Sign-up, the mail, the password: the member is on the own page."""
    page.goto(f"{home}compte/connexion/")
    page.get_by_role("link", name="Devenir adhérent").click()
    sound(page)
    page.get_by_role("button", name="Demander mon compte").click()
    assert page.get_by_role("alert").get_by_role("listitem").count() == 3
    sound(page)
    page.get_by_label("Nom", exact=True).fill("Dupont")
    page.get_by_label("Prénom").fill("Jean")
    page.get_by_label("Courriel").fill("jean@exemple.fr")
    page.wait_for_timeout(2_100)
    page.get_by_role("button", name="Demander mon compte").click()
    page.wait_for_url("**/adhesion/envoyee/")
    sound(page)
    message = Message.objects.get(kind="member-sign-up")
    page.goto(sealing.unseal(message.secret))
    sound(page)
    page.get_by_role("button", name="Confirmer mon adresse").click()
    page.get_by_label("Nouveau mot de passe").fill(PASSWORD)
    page.get_by_label("Le même, une seconde fois").fill(PASSWORD)
    page.get_by_role("button", name=re.compile("mot de passe")).click()
    page.wait_for_url("**/espace/adherent/")
    sound(page)


def completed(page):
    """Every fault is named, what was typed stays, then all is saved."""
    page.get_by_role("link", name="Compléter mes informations").first.click()
    for label, text in DETAILS.items():
        page.get_by_label(label, exact=True).fill("12" if label == "Téléphone" else text)
    page.get_by_label("Ville").fill("")
    page.get_by_role("button", name="Enregistrer mes informations").click()
    assert page.get_by_role("alert").get_by_role("listitem").count() == 2
    assert page.get_by_label("Adresse", exact=True).input_value() == DETAILS["Adresse"]
    sound(page)
    page.get_by_label("Téléphone").fill(DETAILS["Téléphone"])
    page.get_by_label("Ville").fill(DETAILS["Ville"])
    page.get_by_role("button", name="Enregistrer mes informations").click()
    page.wait_for_url("**/espace/adherent/")
    assert "Un administrateur examine votre compte" in page.content()


def let_in(page, home):
    """The administrator finds the member, records the dues, validates the account."""
    sign_in(page, home, "admin.VAR", f.PASSWORD)
    page.get_by_role("link", name=re.compile("Adhérents")).first.click()
    page.get_by_label("Nom et prénom").fill("JEAN dup")
    page.get_by_role("button", name="Chercher").click()
    sound(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("link", name="Dupont Jean").click()
    page.get_by_role("button", name="Enregistrer la cotisation").click()
    page.get_by_text("La cotisation est enregistrée.").wait_for()
    sound(page)
    page.goto(f"{home}bureau/adherents/validation/")
    sound(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_label("Cocher Dupont Jean").check()
    page.get_by_role("button", name="Valider les comptes").click()
    page.get_by_text("1 compte est validé.").wait_for()
    sound(page)
    for path in ("creer/", "reglages/"):
        page.goto(f"{home}bureau/adherents/{path}")
        sound(page)


def test_from_the_sign_up_to_the_card(page, home, new_context):
    heard = overheard(page)
    joined(page, home)
    completed(page)
    desk = new_context().new_page()
    let_in(desk, home)
    page.reload()
    assert "votre accès est complet" in page.content()
    sound(page)
    page.get_by_role("link", name="Ma carte d’adhérent").click()
    assert str(timezone.localdate().year) in page.content()
    sound(page)
    assert Member.objects.get().number in page.content()
    assert [one for one in heard if "422" not in one] == []
