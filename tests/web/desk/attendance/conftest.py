"""The hall of the domain's tests at the present moment, and a desk for each of its people."""

import pytest
import time_machine

from tests.attendance.conftest import hall  # noqa: F401  # a fixture
from tests.factories import NOW
from tests.web.desk.desk import Desk


@pytest.fixture(autouse=True)
def that_day():
    """Views read the clock: it is ten in the morning of the first day."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def desk(hall, that_day):  # noqa: F811
    return Desk(hall.admin)


@pytest.fixture
def manager(hall, that_day):  # noqa: F811
    return Desk(hall.manager)


@pytest.fixture
def stranger(hall, that_day):  # noqa: F811
    return Desk(hall.stranger)
