"""The same people as in the domain's tests, an administrator's desk and a manager's."""

import pytest

from comptoir.organisations.models import Staff
from tests.bookings.conftest import place  # noqa: F401  # a fixture
from tests.letters.conftest import desk as people  # noqa: F401  # a fixture
from tests.web.desk.desk import Desk


@pytest.fixture
def desk(people):  # noqa: F811
    return Desk(Staff.objects.get(pk=people.by.staff_id))


@pytest.fixture
def manager(people):  # noqa: F811
    return Desk(Staff.objects.get(pk=people.manager.staff_id))
