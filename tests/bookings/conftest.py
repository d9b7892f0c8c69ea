"""A session of four seats, its manager, and an administrator."""

from types import SimpleNamespace

import pytest

from tests.factories import actor_of, make_activity, make_organisation, make_session, make_staff


@pytest.fixture
def place(db):
    organisation = make_organisation()
    manager = make_staff(organisation, "manager")
    activity = make_activity(organisation)
    return SimpleNamespace(
        organisation=organisation,
        activity=activity,
        session=make_session(activity, capacity=4, managers=[manager]),
        other=make_session(activity, capacity=4),
        by=actor_of(make_staff(organisation)),
        manager=actor_of(manager),
    )
