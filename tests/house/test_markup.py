"""Every page is valid HTML, as it opens and as it comes back with mistakes in its forms; so are the mails."""

from functools import partial

import pytest

from comptoir.mail.models import Message
from tests.factories import make_contact, make_user
from tests.house.markup import Collection, faults
from tests.house.routes import ORGANISATION, PLATFORM, routes
from tests.house.test_access import _undone

pytestmark = pytest.mark.slow


@pytest.fixture
def pages(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    return Collection(folder)


def collect(pages, browser, prefix, found, world, who):
    """Every address of a table: opened, then sent its form empty."""
    for route in found:
        if "deconnexion" in route.template:
            continue  # the browser would forget who it is
        path = f"{prefix}{route.path(world.values(route))}"
        for verb, ask in (("get", browser.get), ("post", browser.post)):
            answer = _undone(partial(ask, path))
            pages.keep(f"{who}_{verb}_{route.template}", answer)
            answer.close()


def test_every_page_is_valid(worlds, opened_by, pages):
    world, _ = worlds
    contact = make_user()
    make_contact(world.organisation.clients.first(), "x@exemple.fr", user=contact)
    every = routes(ORGANISATION)
    outside = [route for route in every if not route.template.startswith("bureau/")]
    collect(pages, opened_by(None), "/loire/", outside, world, "visitor")
    collect(pages, opened_by(contact), "/loire/", outside, world, "client")
    collect(pages, opened_by(world.admin.user), "/loire/", every, world, "administrator")
    collect(pages, opened_by(make_user(is_operator=True)), "/", routes(PLATFORM), world, "operator")
    for message in Message.objects.all():
        (pages.folder / f"mail_{message.kind}.html").write_text(message.html)
    assert len(pages.names) > 100, "the walk went nowhere"
    found = faults(pages.folder)
    assert not found, "\n".join(found)


def test_a_page_that_is_not_valid_is_seen(pages):
    """Sabotage: two ids alike, and a moment that is none."""
    (pages.folder / "wrong.html").write_text(
        '<!doctype html><html lang="fr"><title>t</title><p id="a"><time datetime="hier">x</time><p id="a">y</html>'
    )
    assert len(faults(pages.folder)) >= 2
