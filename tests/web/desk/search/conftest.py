"""The same small organisation as the assistant's tests, and people of every role at its desk."""

import pytest
import time_machine

from tests.factories import NOW, make_organisation, make_staff
from tests.integration.conftest import make_world
from tests.web.desk.desk import Desk


@pytest.fixture
def world(db, tmp_path, settings):
    with time_machine.travel(NOW, tick=False):
        yield make_world(tmp_path, settings)


@pytest.fixture
def at_desk(world):
    """A desk for somebody of that role, here or in another organisation."""

    def sit(role="administrator", organisation=world.organisation):
        return Desk(make_staff(organisation or make_organisation("ailleurs"), role))

    return sit
