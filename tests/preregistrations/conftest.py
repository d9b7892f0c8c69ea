"""An organisation with something on sale."""

import pytest

from comptoir.organisations.actors import visitor
from tests.factories import make_activity, make_organisation, make_session


@pytest.fixture
def organisation(db):
    return make_organisation("rhone")


@pytest.fixture
def by(organisation):
    return visitor(organisation.pk)


@pytest.fixture
def session(organisation):
    return make_session(make_activity(organisation))
