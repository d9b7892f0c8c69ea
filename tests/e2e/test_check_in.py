"""At the door: a registrant's code is scanned with a phone, the people are marked; with and without a script."""

import io
from datetime import datetime, timedelta
from types import SimpleNamespace
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
import segno

from comptoir.attendance.models import Presence
from comptoir.bookings.links import door_of, link_of
from tests.e2e.looking import faults_of, overheard
from tests.factories import (
    PASSWORD,
    make_activity,
    make_organisation,
    make_registrations,
    make_session,
    make_slot,
    make_staff,
)

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
PEOPLE = [("Hugo", "Marchand", ""), ("Anne", "Vial", ""), ("Zoé", "Roy", "")]


@pytest.fixture
def world(live_server):
    organisation = make_organisation("loire")
    today = datetime.now(ZoneInfo("Europe/Paris")).date()
    manager = make_staff(organisation, "manager")
    activity = make_activity(organisation, title="Secourisme en équipe")
    session = make_session(activity, starts_on=today, ends_on=today, managers=[manager])
    make_slot(session, session.begins_at, session.begins_at + timedelta(hours=23, minutes=59))
    booking = make_registrations(session, people=PEOPLE)[0].booking
    make_registrations(session, people=[("Karim", "Haddad", "")])
    own = f"{live_server.url}/loire/reservation/{booking.reference}/{link_of(booking)}/"
    return SimpleNamespace(manager=manager, booking=booking, url=live_server.url, own=own, session=session)


def scan(page, world):
    """What the phone's camera reads of the picture on the registrant's page: the address in it, at this server."""
    page.goto(world.own)
    shown = page.get_by_alt_text("Code de la réservation")
    assert shown.evaluate("one => one.complete && one.naturalWidth") > 0
    picture = page.request.get(world.url + shown.get_attribute("src"))
    held = door_of(world.booking)
    drawn = io.BytesIO()
    segno.make(held, error="m").save(drawn, kind="svg", scale=6, light="white")
    assert picture.body() == drawn.getvalue()
    return world.url + urlsplit(held).path


def journey(page, world):
    address = scan(page, world)
    page.goto(address)
    page.get_by_text("Ce code se présente à l’entrée").wait_for()
    page.get_by_role("link", name="S’identifier et pointer").click()
    page.get_by_label("Identifiant").fill(world.manager.user.login)
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Secourisme en équipe").wait_for()

    page.goto(address)  # from now on the code leads straight there
    page.get_by_role("button", name="Présent Marchand Hugo").click()
    page.get_by_role("button", name="Retirer la présence de Marchand Hugo").wait_for()
    page.get_by_role("button", name="Tous présents (2)").click()
    page.get_by_text("2 personnes sont pointées.").wait_for()
    assert Presence.objects.count() == 3

    page.get_by_role("link", name="Toute la session").click()
    page.get_by_text("3 présents sur 4").wait_for()
    page.get_by_role("button", name="Retirer la présence de Vial Anne").click()
    page.get_by_text("2 présents sur 4").wait_for()
    page.get_by_label("Nom ou référence").fill("haddad")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("button", name="Présent Haddad Karim").click()
    page.get_by_text("3 présents sur 4").wait_for()
    page.get_by_role("button", name="Retirer la présence de Haddad Karim").wait_for()
    assert set(Presence.objects.values_list("registration__last_name", flat=True)) == {"Marchand", "Roy", "Haddad"}


def small(page):
    """What a thumb would miss on the page: buttons and fields lower than 44 px."""
    found = page.locator(".check-in").locator("button, select, input:not([type=hidden]), a").all()
    return [one.inner_text() for one in found if one.bounding_box()["height"] < 44]


@pytest.mark.parametrize("has_script", [True, False])
def test_from_the_code_to_the_count(browser, browser_context_args, world, has_script):
    context = browser.new_context(**browser_context_args | PHONE, java_script_enabled=has_script)
    page = context.new_page()
    heard = overheard(page)
    journey(page, world)
    assert small(page) == []
    if has_script:
        assert faults_of(page) == []
        assert page.evaluate("document.activeElement.textContent").startswith("Retirer")  # the focus stays there
        page.goto(f"{world.url}/loire/bureau/pointage/{world.booking.reference}/")
        assert faults_of(page) == []
    assert small(page) == []
    assert heard == []
    context.close()
