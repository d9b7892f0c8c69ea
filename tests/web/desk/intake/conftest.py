"""An organisation with requests waiting, a clock, and somebody at the assistant."""

import pytest
import time_machine

from comptoir.web.desk.intake import rehearsal
from tests.factories import NOW, make_organisation, make_staff
from tests.integration.conftest import make_world
from tests.web.desk.desk import Desk


@pytest.fixture
def world(db, tmp_path, settings):
    rehearsal._shelf.clear()
    with time_machine.travel(NOW, tick=False):
        yield make_world(tmp_path, settings)


@pytest.fixture
def desk(world):
    """An administrator at the desk."""
    return Desk(world.staff)


@pytest.fixture
def colleague(world):
    """Somebody else of the same organisation."""
    staff = make_staff(world.organisation, "sales_rep")
    staff.user.first_name, staff.user.last_name = "Nadia", "Ferrand"
    staff.user.save()
    return Desk(staff)


@pytest.fixture
def stranger(world):
    """An administrator of another organisation."""
    return Desk(make_staff(make_organisation("ailleurs")))
