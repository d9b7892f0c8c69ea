"""A visitor's journey in a browser, from the catalogue to the reference; without a mouse, without a script."""

import re
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from comptoir.catalogue.models import Session
from comptoir.preregistrations.models import Request
from tests.e2e.looking import faults_of, overheard
from tests.factories import (
    PASSWORD,
    make_activity,
    make_client,
    make_contact,
    make_organisation,
    make_session,
    make_slot,
    make_terms,
    make_theme,
    make_user,
)

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
BESIDE = (("terms", "conditions/"), ("empty", "panier/"), ("nothing found", "?q=zzz"), ("404", "rien/"))
TYPED = {
    "legal_name": "Ateliers du Lac", "siret": "732 829 320 00074", "address": "3 quai Jayr", "postcode": "69009",
    "city": "Lyon", "first_name": "Claire", "last_name": "Perrin", "email": "claire@exemple.fr",
    "phone": "04 78 00 00 00",
}  # fmt: skip


@pytest.fixture
def counter(live_server, tmp_path):
    """The address of an organisation with two activities on sale."""
    (tmp_path / "Résa").mkdir()
    organisation = make_organisation(
        "rhone", name="Rhône Formation", tagline="Se former à Lyon", colour="#8a3324", phone="+33478123456",
        spool_folder=str(tmp_path / "Résa"), contact_email="bonjour@rhone.test",
    )  # fmt: skip
    make_terms(organisation, text="1. Objet\n\n- Un point.\n\n" * 30)
    day = timezone.localdate() + timedelta(days=40)
    for title in ("Sauveteur secouriste", "Excel, perfectionnement"):
        activity = make_activity(
            organisation, title=title, slug=title.split()[0].strip(",").lower(), promise="Porter secours.",
            theme=make_theme(organisation, title[:9]), programme="Matin\n- Un\n- Deux", duration_minutes=420,
        )  # fmt: skip
        session = make_session(activity, starts_on=day, ends_on=day)
        for hour in (8, 12):
            start = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
            make_slot(session, start, start + timedelta(hours=3))
    return f"{live_server.url}/rhone/"


def sign_up(page, counter, slug="sauveteur"):
    page.goto(f"{counter}formations/{slug}/")
    page.get_by_role("button", name="Je m’inscris").first.click()
    page.get_by_role("heading", name="Votre panier").wait_for()


def fill_in_client(page):
    for name, value in TYPED.items():
        page.locator(f"[name={name}]").fill(value)
    page.wait_for_timeout(2100)  # the time it takes at least to read the page
    page.get_by_role("button", name="Continuer vers les participants").click()


def fill_in_people(page):
    page.locator("fieldset.fieldset").first.wait_for()
    for group in page.locator("fieldset.fieldset").all():
        group.get_by_label("Prénom").fill("Mohamed")
        group.get_by_label("Nom", exact=True).fill("Aït Ben Haddou")
    page.get_by_role("button", name="Continuer vers le prix").click()


def send(page):
    page.get_by_label("J’ai lu").check()
    page.wait_for_timeout(2100)
    page.get_by_role("button", name="Envoyer ma demande").click()
    page.get_by_role("heading", name="Votre demande est enregistrée").wait_for()


@pytest.fixture(params=[(1280, "light"), (390, "dark")], ids=str)
def looked_at(request, browser):
    """A page whose every stop is looked at, and what was found and heard."""
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, locale="fr-FR")
    page = context.new_page()
    page.said, page.faults = overheard(page), {}
    yield page
    context.close()
    assert page.faults == {}
    assert [one for one in page.said if "404" not in one] == []


def look(page, name):
    if found := faults_of(page):
        page.faults[name] = found


def test_from_the_catalogue_to_the_reference(counter, looked_at):
    page = looked_at
    page.goto(counter)
    look(page, "catalogue")
    page.get_by_role("link", name="Sauveteur secouriste").click()
    page.get_by_role("button", name="Je m’inscris").first.wait_for()
    look(page, "activity")
    page.get_by_role("button", name="Je m’inscris").click()
    page.get_by_role("heading", name="Votre panier").wait_for()
    sign_up(page, counter, "excel")
    look(page, "basket")
    page.get_by_role("link", name="Continuer").click()
    page.get_by_label("Raison sociale").wait_for()
    look(page, "client")
    page.wait_for_timeout(2100)
    page.get_by_role("button", name="Continuer vers").click()
    page.get_by_text("réponses sont à revoir").wait_for()
    look(page, "client, mistakes")
    fill_in_client(page)
    page.get_by_role("button", name="Continuer vers le prix").click()
    page.get_by_text("réponses sont à revoir").wait_for()
    look(page, "people, mistakes")
    fill_in_people(page)
    page.get_by_role("heading", name="Vérifiez, puis envoyez").wait_for()
    look(page, "review")
    send(page)
    look(page, "confirmation")
    reference = page.locator("#reference").inner_text()
    page.reload()
    assert page.locator("#reference").inner_text() == reference == Request.objects.get().reference
    page.go_back()
    page.get_by_role("heading", name="Votre demande est enregistrée").wait_for()
    assert Request.objects.get().lines.count() == 2


def test_the_pages_beside_the_way(counter, looked_at):
    for name, address in BESIDE:
        looked_at.goto(counter + address)
        look(looked_at, name)


def test_without_a_script_the_journey_is_the_same(counter, browser):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}, locale="fr-FR")
    page = context.new_page()
    sign_up(page, counter)
    page.get_by_label("Personnes").fill("2")
    page.get_by_role("button", name="Mettre à jour").click()
    assert page.get_by_label("Personnes").input_value() == "2"
    page.get_by_role("link", name="Continuer").click()
    fill_in_client(page)
    page.get_by_role("button", name="Retirer").first.click()
    expect(page.locator("fieldset.fieldset")).to_have_count(1)
    fill_in_people(page)
    send(page)
    context.close()
    assert Request.objects.get().lines.count() == 1


def test_with_the_keyboard_alone(counter, page):
    page.goto(f"{counter}formations/sauveteur/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    button = page.get_by_role("button", name="Je m’inscris")
    for _ in range(40):
        page.keyboard.press("Tab")
        if button.evaluate("node => node === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Votre panier").wait_for()


def test_the_number_of_people_changes_with_plus_and_minus(counter, page):
    sign_up(page, counter)
    page.get_by_role("button", name="Une personne de plus").click()
    page.get_by_text("2 personnes, 1 session").wait_for()
    assert "600,00" in page.locator(".summary-total").inner_text()


def test_a_private_person_is_not_asked_for_a_siret(counter, page):
    sign_up(page, counter)
    page.get_by_role("link", name="Continuer").click()
    page.get_by_label("SIRET").wait_for()
    page.get_by_label("Un particulier").check()
    assert page.get_by_label("SIRET").is_hidden()
    assert page.get_by_label("Raison sociale").is_hidden()


def test_two_tabs_and_a_price_that_changes(counter, page):
    sign_up(page, counter)
    page.get_by_role("link", name="Continuer").click()
    fill_in_client(page)
    fill_in_people(page)
    page.get_by_role("heading", name="Vérifiez, puis envoyez").wait_for()
    Session.objects.update(price_cents=30_000)
    page.get_by_label("J’ai lu").check()
    page.wait_for_timeout(2100)
    page.get_by_role("button", name="Envoyer ma demande").click()
    page.get_by_text("Rien n’a été envoyé").wait_for()
    assert page.get_by_role("button", name="Envoyer ma demande").is_disabled()
    page.get_by_role("button", name="Garder à").click()
    other = page.context.new_page()
    other.goto(f"{counter}panier/")
    other.get_by_text("300,00").first.wait_for()
    send(page)
    other.reload()
    other.get_by_text("Votre demande est envoyée").wait_for()
    assert Request.objects.get().net_cents == 30_000


def test_a_signed_in_contact_finds_everything_filled_in(counter, page):
    organisation = Session.objects.first().organisation
    client = make_client(organisation, "Ateliers du Lac", siret="73282932000074", city="Lyon")
    user = make_user("claire.perrin", password=PASSWORD)
    make_contact(client, "claire@exemple.fr", first_name="Claire", last_name="Perrin", user=user)
    page.goto(f"{counter}espace/")
    page.locator("[name=login]").fill("Claire.PERRIN")
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Vos demandes").wait_for()
    assert faults_of(page) == []
    sign_up(page, counter)
    page.get_by_role("link", name="Continuer").click()
    assert page.get_by_label("Raison sociale").input_value() == "Ateliers du Lac"
    page.wait_for_timeout(2100)
    page.get_by_role("button", name="Continuer vers").click()
    fill_in_people(page)
    send(page)
    assert Request.objects.get().authenticated_client == client
    page.goto(f"{counter}espace/")
    page.get_by_role("link", name=re.compile("^PR-")).click()
    page.get_by_role("heading", name="Demande PR-").wait_for()
    assert faults_of(page) == []


@pytest.fixture
def elsewhere(counter):
    """Another site, with a strict policy of its own and the one line in its page."""
    origin = counter.removesuffix("/rhone/")

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            policy = f"default-src 'none'; script-src {origin}; connect-src {origin}; style-src 'none'"
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            line = f'<script src="{counter}embed.js" data-formation="sauveteur" async></script>'
            page = f'<!doctype html><html lang="fr"><title>Ailleurs</title><main><h1>Nos dates</h1>{line}</main>'
            self.wfile.write(page.encode())

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_one_line_shows_the_dates_on_another_site(elsewhere, page):
    said = overheard(page)
    page.goto(elsewhere)
    link = page.get_by_role("link", name=re.compile("Je m’inscris.*Sauveteur"))
    link.wait_for()
    assert "/rhone/formations/sauveteur/?session=" in link.get_attribute("href")
    assert page.get_by_text("Excel").count() == 0
    assert page.context.cookies() == []
    assert [one for one in said if "favicon" not in one] == []


def test_on_another_site_the_dates_are_as_light_or_dark_as_the_page(elsewhere, page):
    page.emulate_media(color_scheme="dark")
    page.goto(elsewhere)
    page.get_by_role("link", name=re.compile("Je m’inscris")).wait_for()
    ink = "node => getComputedStyle(node).color"
    assert page.get_by_text("Sauveteur secouriste").evaluate(ink) == page.locator("h1").evaluate(ink) == "rgb(0, 0, 0)"


def test_printed_the_confirmation_is_a_ticket(counter, page):
    sign_up(page, counter)
    page.get_by_role("link", name="Continuer").click()
    fill_in_client(page)
    fill_in_people(page)
    page.get_by_role("heading", name="Vérifiez, puis envoyez").wait_for()
    send(page)
    page.emulate_media(media="print")
    page.locator("#reference").wait_for()
    assert page.locator(".basket-link").is_hidden()


def test_sabotage_an_unnamed_field_is_seen(counter, page):
    sign_up(page, counter)
    page.get_by_role("link", name="Continuer").click()
    page.get_by_label("SIRET").wait_for()
    page.evaluate("document.querySelector('label[for=id_siret]').remove()")
    assert any(one.startswith("label") for one in faults_of(page))
