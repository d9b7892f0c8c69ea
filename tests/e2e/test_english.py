"""The counter and the desk in English, in a browser: chosen at the foot, kept from page to page, readable by all."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from comptoir.mail.models import Message
from comptoir.preregistrations.models import Request
from tests.e2e.looking import faults_of, overheard
from tests.factories import PASSWORD, make_activity, make_organisation, make_session, make_staff, make_terms, make_theme

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
TYPED = {
    "legal_name": "Lake Workshops", "address": "3 quai Jayr", "postcode": "69009", "city": "Lyon",
    "first_name": "Claire", "last_name": "Perrin", "email": "claire@exemple.fr", "phone": "04 78 00 00 00",
}  # fmt: skip
DESK = ("", "sessions/", "inscriptions/", "importation/", "dossiers/", "clients/", "messages/", "reglages/")


@pytest.fixture
def house(live_server, tmp_path):
    """An organisation with one activity on sale, and where it is."""
    (tmp_path / "Résa").mkdir()
    made = make_organisation("rhone", spool_folder=str(tmp_path / "Résa"), tagline="Se former à Lyon")
    make_terms(made, text="1. Objet\n\n- Un point.")
    day = timezone.localdate() + timedelta(days=40)
    activity = make_activity(
        made, title="Sauveteur secouriste", slug="sauveteur", promise="Porter secours.", theme=make_theme(made)
    )
    make_session(activity, starts_on=day, ends_on=day)
    made.url = f"{live_server.url}/rhone/"
    return made


@pytest.fixture(params=[(1280, "light"), (390, "dark")], ids=str)
def page(request, browser):
    """A page whose every stop is looked at, and what was found and heard."""
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, locale="en-GB")
    page = context.new_page()
    page.said, page.faults = overheard(page), {}
    yield page
    context.close()
    assert page.faults == {}
    assert page.said == []


def look(page, name):
    expect(page.locator("html")).to_have_attribute("lang", "en")
    if found := faults_of(page):
        page.faults[name] = found


def choose(page, name):
    page.get_by_role("button", name=name).click()


def test_a_visitor_signs_up_in_english(house, page):
    page.goto(house.url)
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    choose(page, "English")
    look(page, "catalogue")
    page.get_by_role("link", name="Sauveteur secouriste").click()
    page.get_by_role("button", name="Sign up").first.wait_for()
    look(page, "activity")
    page.get_by_role("button", name="Sign up").first.click()
    page.get_by_role("heading", name="Your basket").wait_for()
    look(page, "basket")
    page.get_by_role("link", name="Continue").click()
    page.get_by_label("Legal name").wait_for()
    page.wait_for_timeout(2100)  # the time it takes at least to read the page
    page.get_by_role("button", name="Continue to").click()
    page.get_by_role("alert").wait_for()
    look(page, "client, mistakes")
    for name, value in TYPED.items():
        page.locator(f"[name={name}]").fill(value)
    page.wait_for_timeout(2100)
    page.get_by_role("button", name="Continue to").click()
    page.locator("[name$=-first_name]").fill("Mohamed")
    page.locator("[name$=-last_name]").fill("Aït Ben Haddou")
    look(page, "people")
    page.get_by_role("button", name="Continue to").click()
    page.locator("[name=accepted]").check()
    look(page, "review")
    page.wait_for_timeout(2100)
    page.locator("main form button[type=submit]").last.click()
    page.locator("#reference").wait_for()
    look(page, "confirmation")
    assert Request.objects.get().language == "en"
    assert "Dear Claire Perrin" in Message.objects.get(kind="preregistration-contact").text
    choose(page, "Français")
    page.get_by_role("heading", name="Votre demande est enregistrée").wait_for()


def test_staff_work_in_english(house, page):
    staff = make_staff(house)
    page.goto(f"{house.url}compte/connexion/")
    choose(page, "English")
    page.get_by_label("Login").fill(staff.user.login)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    look(page, "sign in")
    page.locator("main button[type=submit]").first.click()
    page.get_by_role("heading", level=1).wait_for()
    for path in DESK:
        page.goto(f"{house.url}bureau/{path}")
        look(page, path)
    if page.viewport_size["width"] < 1000:
        page.get_by_role("button", name="Menu").click()
    choose(page, "Français")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    assert page.url.endswith(DESK[-1])
