"""The style guide in a browser: no axe violation, no policy violation, nothing too wide, in both schemes."""

import pytest

from comptoir.web.shared.styleguide import KINDS
from tests.e2e.looking import faults_of

LOOKS = [(1280, "light"), (390, "dark")]  # the other two differ in nothing axe can see
pytestmark = pytest.mark.e2e


@pytest.fixture
def guide(settings):
    settings.ROOT_URLCONF = "tests.web.styleguide_urls"


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_every_page_is_accessible(guide, live_server, browser, width, scheme):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, locale="fr-FR")
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    faults = {}
    for kind in ("", *KINDS):
        page.goto(f"{live_server.url}/styleguide/{kind + '/' if kind else ''}")
        if found := faults_of(page):
            faults[kind] = found
    context.close()
    assert (faults, said) == ({}, [])


def test_the_check_goes_red_when_a_field_loses_its_name(guide, live_server, page):
    page.goto(f"{live_server.url}/styleguide/reglages/")
    page.evaluate("document.querySelector('label[for=n]').remove()")
    assert any(one.startswith("label") for one in faults_of(page))


def test_rows_are_ticked_and_counted(guide, live_server, page):
    page.goto(f"{live_server.url}/styleguide/liste/")
    bar, boxes = page.locator("[data-action-bar]"), page.locator("[data-tick]")
    assert bar.is_hidden()
    boxes.nth(0).check()
    assert page.locator("[data-ticked]").inner_text() == "1 ligne cochée"
    boxes.nth(3).click(modifiers=["Shift"])
    assert page.locator("[data-ticked]").inner_text() == "4 lignes cochées"
    page.locator("[data-tick-all]").check()
    page.locator("[data-take-all]").click()
    assert page.locator("[data-all-results]").input_value() == "1"
    page.locator("[data-untick]").click()
    assert bar.is_hidden()


def test_keys_lead_where_they_say(guide, live_server, page):
    page.goto(f"{live_server.url}/styleguide/liste/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "recherche"
    page.keyboard.type("/")
    assert page.locator("#recherche").input_value() == "/"
    page.goto(f"{live_server.url}/styleguide/")
    page.locator("[data-dialog]").click()
    assert page.locator("#exemple").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#exemple").is_hidden()


def test_the_combobox_follows_the_pattern(guide, live_server, page):
    answer = (
        '{"results": [{"value": "7", "label": "Ville de Lyon", "detail": "C-7"}, {"value": "8", "label": "Œuvre"}]}'
    )
    page.route("**/styleguide/*q=*", lambda route: route.fulfill(content_type="application/json", body=answer))
    page.goto(f"{live_server.url}/styleguide/")
    box = page.get_by_role("combobox", name="Client").or_(page.locator("#client"))
    box.fill("vi")
    page.locator("[role=option]").first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    box.press("ArrowDown")
    box.press("ArrowDown")
    active = box.get_attribute("aria-activedescendant")
    assert page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    box.press("Enter")
    assert (box.input_value(), page.locator("input[name=client]").input_value()) == ("Œuvre", "8")
    box.fill("autre")
    assert page.locator("input[name=client]").input_value() == ""  # a chosen client never outlives its name


def test_everything_is_reached_without_a_script(guide, live_server, browser):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{live_server.url}/styleguide/liste/")
    assert page.locator("[data-action-bar]").is_visible()
    assert page.locator("#rail").is_hidden()
    page.locator("button[popovertarget=rail]").click()
    assert page.locator("#rail").is_visible()
    context.close()
