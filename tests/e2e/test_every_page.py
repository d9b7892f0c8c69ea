"""Every page an administrator reads, wide in the light and narrow in the dark: axe, the page's width, the console."""

import pytest

from tests.e2e.looking import faults_of, overheard
from tests.factories import PASSWORD
from tests.house.routes import ORGANISATION, routes
from tests.house.worlds import make_world

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
VIEWS = ((1280, "light"), (390, "dark"))


@pytest.fixture
def world(live_server, tmp_path, settings):
    settings.DATA_DIR = tmp_path
    made = make_world("loire")
    made.url = f"{live_server.url}/loire/"
    return made


@pytest.fixture
def desk(page, world):
    page.goto(f"{world.url}bureau/")
    page.locator("[name=login]").fill(world.admin.user.login)
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{world.url}bureau/")
    return page


def pages(desk, world, under):
    """The addresses under `under` that answer a whole page."""
    for route in routes(ORGANISATION, under):
        address = f"{world.url}{route.path(world.values(route))}"
        answer = desk.request.get(address, max_redirects=0)
        if answer.status == 200 and "<main" in answer.text():
            yield address


@pytest.mark.parametrize(
    ("under", "least"), [("bureau/", 40), ("formations/", 1), ("panier/", 1), ("carte/", 1), ("espace/", 0)]
)
def test_every_page_is_sound(desk, world, under, least):
    heard, wrong, seen = overheard(desk), {}, list(pages(desk, world, under))
    for address in seen:
        for width, scheme in VIEWS:
            desk.set_viewport_size({"width": width, "height": 900})
            desk.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            desk.goto(address)
            if found := faults_of(desk):
                wrong[f"{address} {width}"] = found
    assert wrong == {}
    assert heard == []
    assert len(seen) >= least


def test_sabotage_a_question_without_words_is_seen(desk, world):
    desk.goto(f"{world.url}bureau/dossiers/nouveau/")
    desk.evaluate("document.querySelectorAll('label').forEach(one => { one.textContent = '' })")
    assert any(one.startswith("label") for one in faults_of(desk))
