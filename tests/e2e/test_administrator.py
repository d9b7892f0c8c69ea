"""An administrator's browser: sign-in, second factor, every page of the settings, in four views, with axe."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from comptoir.mail import sealing
from comptoir.mail.models import Message
from comptoir.organisations.models import Organisation, Staff
from tests.administration.test_logo import png
from tests.e2e.looking import faults_of, overheard
from tests.factories import PASSWORD, make_user
from tests.house.worlds import make_world

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
VIEWS = [(width, scheme) for width in (1280, 390) for scheme in ("light", "dark")]
ACCOUNT = ("", "appareils/", "mot-de-passe/", "double-verification/")
OUTSIDE = ("connexion/", "mot-de-passe/oublie/", "mot-de-passe/oublie/envoye/")
SETTINGS = (
    "",
    "organisme/",
    "equipe/",
    "equipe/ajouter/",
    "secteurs/",
    "niveaux/",
    "conditions/",
    "conditions/1/",
    "jetons/",
)


@pytest.fixture
def world(live_server, tmp_path, settings):
    settings.DATA_DIR = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    made = make_world("loire")
    made.url = f"{live_server.url}/loire/"
    made.root = f"{live_server.url}/"
    return made


def sign_in(page, address, user):
    page.goto(address)
    page.get_by_label("Identifiant ou adresse de courriel").fill(user.login.upper())
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Se connecter", exact=True).click()


def looked_at(page, addresses):
    """What is wrong with each page, at each width and in each light."""
    wrong = {}
    for address in addresses:
        for width, scheme in VIEWS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.goto(address)  # anew: a colour on its way from light to dark has the contrast of neither
            if found := faults_of(page):
                wrong[f"{address} {width} {scheme}"] = found
    return wrong


def test_every_page_is_sound(page, world):
    heard = overheard(page)
    outside = [f"{place}compte/{path}" for place in (world.url, world.root) for path in OUTSIDE]
    assert looked_at(page, [*outside, world.root]) == {}
    sign_in(page, f"{world.url}compte/connexion/", world.admin.user)
    page.wait_for_url(f"{world.url}bureau/")
    own = f"{world.url}bureau/reglages/"
    pages = [f"{world.url}compte/{path}" for path in ACCOUNT]
    pages += [own + path for path in SETTINGS]
    pages += [
        f"{own}{path}" for path in (f"equipe/{world.admin.pk}/", f"secteurs/{world.names('territory_id', '')[0]}/")
    ]
    assert looked_at(page, [*pages, f"{world.url}bureau/journal/"]) == {}
    assert heard == []


def test_the_platforms_pages_are_sound(page, world):
    heard = overheard(page)
    sign_in(page, f"{world.root}compte/connexion/", make_user(password=PASSWORD, is_operator=True))
    page.wait_for_url(f"{world.root}plateforme/")
    paths = ("", "nouvel-organisme/", "organismes/loire/")
    assert looked_at(page, [f"{world.root}plateforme/{path}" for path in paths]) == {}
    assert heard == []


def test_a_wrong_password_is_said_and_the_login_stays(page, world):
    page.goto(f"{world.url}compte/connexion/")
    page.get_by_label("Identifiant ou adresse de courriel").fill("dupont.jean")
    page.get_by_label("Mot de passe", exact=True).fill("pas le bon du tout")
    page.get_by_role("button", name="Se connecter", exact=True).click()
    page.get_by_text("n’est pas le bon").wait_for()
    assert page.get_by_label("Identifiant ou adresse de courriel").input_value() == "dupont.jean"
    assert faults_of(page) == []


def test_a_password_is_chosen_from_the_link_of_the_mail(page, world):
    page.goto(f"{world.url}compte/mot-de-passe/oublie/")
    page.get_by_label("Identifiant ou adresse de courriel").fill(world.admin.user.login)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/envoye/")
    address = sealing.unseal(Message.objects.get(kind="password-link").secret)
    page.goto(world.root + address.partition("://")[2].partition("/")[2])
    assert faults_of(page) == []
    for field in page.locator("input[type=password]").all():
        field.fill("un tout nouveau mot de passe")
    page.locator("main button[type=submit]").click()
    page.wait_for_url(f"{world.url}bureau/")


def test_the_second_factor_from_the_square_to_the_code(page, world):
    heard = overheard(page)
    sign_in(page, f"{world.url}compte/connexion/", world.admin.user)
    page.goto(f"{world.url}compte/double-verification/")
    page.get_by_role("link", name="Mettre en service").click()
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Confirmer").click()
    secret = page.locator("p.reference").inner_text()
    assert page.locator("img[src^='data:image/svg']").evaluate("image => image.naturalWidth") > 0
    page.get_by_label(re.compile("Code à 6 chiffres")).fill(
        format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    )
    page.get_by_role("button", name="Mettre en service").click()
    page.get_by_text("Codes de secours").first.wait_for()
    assert faults_of(page) == []
    page.goto(f"{world.url}compte/deconnexion/")
    page.get_by_role("button", name="Se déconnecter").click()
    sign_in(page, f"{world.url}compte/connexion/", world.admin.user)
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30 + 1))
    page.get_by_label("Code de l’application, ou code de secours").fill(code)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    page.wait_for_url(f"{world.url}bureau/")
    assert heard == []


def test_a_logo_is_sent_shown_and_refused_in_words(page, world, tmp_path):
    sign_in(page, f"{world.url}compte/connexion/", world.admin.user)
    page.goto(f"{world.url}bureau/reglages/organisme/")
    (tmp_path / "logo.png").write_bytes(png(40, 40))
    (tmp_path / "faux.png").write_bytes(b"<svg/>")
    page.locator("#id_logo_logo").set_input_files(tmp_path / "faux.png")
    page.get_by_role("button", name="Envoyer le logo").click()
    page.get_by_text("n’est pas une image PNG").first.wait_for()
    assert faults_of(page) == []
    page.locator("#id_logo_logo").set_input_files(tmp_path / "logo.png")
    page.get_by_role("button", name="Envoyer le logo").click()
    page.get_by_text("C’est enregistré").wait_for()
    assert Organisation.objects.get(pk=world.organisation.pk).logo.endswith(".png")
    page.get_by_alt_text("Logo actuel").wait_for()


def test_somebody_is_added_without_a_script(browser, world):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, f"{world.url}compte/connexion/", world.admin.user)
    page.goto(f"{world.url}bureau/reglages/equipe/")
    page.get_by_role("link", name="Ajouter une personne").click()
    page.get_by_label("Identifiant").fill("dupont.jean")
    page.get_by_label("Courriel").fill("pas une adresse")
    page.get_by_role("button", name="Ajouter cette personne").click()
    page.get_by_text("nom@domaine.fr").first.wait_for()
    page.get_by_label("Courriel").fill("jean@exemple.fr")
    page.get_by_role("button", name="Ajouter cette personne").click()
    page.get_by_text("La personne est de l’équipe.").wait_for()
    assert Staff.objects.filter(user__username="dupont.jean").exists()
    context.close()
