"""An organisation with one session on sale and terms, a clock, and a visitor."""

import pytest
import time_machine

from tests.factories import NOW, make_activity, make_organisation, make_session, make_terms, make_theme
from tests.web.public.visitor import Visitor


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def organisation(db, tmp_path):
    made = make_organisation(
        "rhone", name="Rhône Formation", spool_folder=str(tmp_path / "Résa"), phone="+33478123456",
        contact_email="bonjour@rhone.test", notification_email="inscriptions@rhone.test",
    )  # fmt: skip
    (tmp_path / "Résa").mkdir()
    return made


@pytest.fixture
def terms(organisation):
    return make_terms(organisation, text="1. Objet\n\n- Un point.")


@pytest.fixture
def activity(organisation):
    return make_activity(
        organisation,
        title="Sauveteur secouriste",
        slug="sauveteur",
        promise="Porter secours.",
        theme=make_theme(organisation),
    )


@pytest.fixture
def session(activity, terms):
    return make_session(activity)


@pytest.fixture
def visitor(organisation, clock):
    return Visitor(organisation, clock)


@pytest.fixture
def other_counter(db, clock):
    """The counter of another organisation."""
    return Visitor(make_organisation("isere"), clock)
