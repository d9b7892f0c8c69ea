"""The same session, manager and administrator as in the domain's tests, and a desk for each."""

import pytest

from comptoir.organisations.models import Staff
from tests.bookings.conftest import place  # noqa: F401  # a fixture
from tests.web.desk.desk import Desk


@pytest.fixture
def desk(place):  # noqa: F811
    return Desk(Staff.objects.get(pk=place.by.staff_id))


@pytest.fixture
def manager(place):  # noqa: F811
    return Desk(Staff.objects.get(pk=place.manager.staff_id))
