"""A session of two days of two sittings each, that begins today; its manager, an administrator, a stranger."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests.factories import NOW, actor_of, make_activity, make_organisation, make_session, make_slot, make_staff

MORNING = NOW - timedelta(hours=1)  # NOW is 10 h there
AFTERNOON = MORNING + timedelta(hours=5)
TOMORROW = MORNING + timedelta(days=1)


def make_hall():
    """Today's session, another of the same activity, and three people of the desk."""
    organisation = make_organisation("loire", name="Loire Formation")
    manager = make_staff(organisation, "manager")
    activity = make_activity(organisation, title="Secourisme")
    day = NOW.date()
    session = make_session(activity, capacity=20, managers=[manager], starts_on=day, ends_on=day)
    for start in (MORNING, AFTERNOON, TOMORROW, TOMORROW + timedelta(hours=5)):
        make_slot(session, start, start + timedelta(hours=3))
    session.refresh_from_db()
    admin = make_staff(organisation)
    return SimpleNamespace(
        organisation=organisation,
        activity=activity,
        session=session,
        other=make_session(activity, starts_on=day, ends_on=day),
        admin=admin,
        manager=manager,
        stranger=make_staff(organisation, "manager"),
        by=actor_of(admin),
    )


@pytest.fixture
def hall(db):
    return make_hall()
