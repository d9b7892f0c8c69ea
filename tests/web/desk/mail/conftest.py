"""People of one organisation at their desk, and its mails."""

import pytest
from django.test import Client

from tests.factories import make_organisation, make_staff


@pytest.fixture
def organisation(db):
    return make_organisation("loire", name="Loire Formation", contact_email="bonjour@loire.example")


@pytest.fixture
def signed_in(organisation):
    """A browser signed in as somebody of that role, in this organisation or another."""

    def sign_in(role="administrator", place=organisation):
        client = Client()
        client.force_login(make_staff(place, role).user)
        return client

    return sign_in
