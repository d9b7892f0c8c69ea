"""People of one organisation at their desk, and its sessions."""

import re

import pytest
from django.test import Client

from tests.factories import make_activity, make_organisation, make_session, make_staff

DESK = "/loire/bureau/"


@pytest.fixture
def organisation(db):
    return make_organisation("loire", name="Loire Formation")


@pytest.fixture
def signed_in(organisation):
    """A browser signed in as somebody of that role, in this organisation or another; `staff` is that person."""

    def sign_in(role="administrator", place=organisation):
        client = Client()
        client.staff = make_staff(place, role)
        client.force_login(client.staff.user)
        return client

    return sign_in


@pytest.fixture
def activity(organisation):
    return make_activity(organisation, title="Sauveteur secouriste", slug="sst")


@pytest.fixture
def session(activity):
    return make_session(activity)


def text(response):
    return response.content.decode()


def errors(response):
    """The fields at fault, as the form names them."""
    return set(response.context["form"].errors)


def plain(response):
    """What is read, without tags, on one line."""
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", text(response)))
