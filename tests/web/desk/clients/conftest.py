"""Somebody at the desk of an organisation, and somebody at another's."""

from types import SimpleNamespace

import pytest
from django.test import Client

from tests.factories import actor_of, make_organisation, make_staff

HOME = "/loire/bureau/clients/"


@pytest.fixture
def organisation(db):
    return make_organisation("loire", name="Loire Formation")


@pytest.fixture
def signed_in(organisation):
    """A browser signed in as somebody of that role, in this organisation or another."""

    def sign_in(role="assistant", place=organisation):
        client, staff = Client(), make_staff(place, role)
        client.force_login(staff.user)
        return SimpleNamespace(browser=client, by=actor_of(staff))

    return sign_in


@pytest.fixture
def desk(signed_in):
    return signed_in().browser


def text(response):
    """The page as it is written, spaces of every kind made plain."""
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ")
