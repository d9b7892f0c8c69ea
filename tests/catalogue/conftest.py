"""An organisation with staff of each role, and one activity with one session."""

import pytest

from tests.factories import actor_of, make_activity, make_organisation, make_session, make_staff


@pytest.fixture
def organisation(db):
    return make_organisation()


@pytest.fixture
def by(organisation):
    """An administrator."""
    return actor_of(make_staff(organisation))


@pytest.fixture
def activity(organisation):
    return make_activity(organisation)


@pytest.fixture
def session(activity):
    return make_session(activity)


@pytest.fixture
def stranger(db):
    """An administrator of another organisation."""
    return actor_of(make_staff(make_organisation()))


def faults(refusal):
    """field → sentence of a refusal, however many it holds."""
    return {one.field: one.sentence for one in getattr(refusal, "refusals", [refusal])}
