"""An organisation with somebody at its desk, and another that must not see anything of it."""

from types import SimpleNamespace

import pytest

from tests.factories import actor_of, make_organisation, make_staff


@pytest.fixture
def here(db):
    organisation = make_organisation("ici")
    return SimpleNamespace(organisation=organisation, by=actor_of(make_staff(organisation, "assistant")))


@pytest.fixture
def elsewhere(db):
    organisation = make_organisation("ailleurs")
    return SimpleNamespace(organisation=organisation, by=actor_of(make_staff(organisation)))
