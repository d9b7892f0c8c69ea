"""Two organisations at work, for the tests that walk every address."""

import pytest
from django.test import Client

from tests.house.worlds import make_world


@pytest.fixture
def worlds(transactional_db, tmp_path, settings):
    """Ours and the neighbour's, each with a row of everything; files in a folder of this test."""
    settings.DATA_DIR = tmp_path
    return make_world("loire"), make_world("rhone")


@pytest.fixture
def opened_by():
    """A browser signed in as somebody."""

    def open_as(user):
        client = Client(raise_request_exception=False)
        if user is not None:
            client.force_login(user)
        return client

    return open_as
