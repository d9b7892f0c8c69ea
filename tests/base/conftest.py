"""A database file of the test's own on the embedded database, whatever the rest of the run is on."""

import pytest
from django.db import connections

OWN = "own_sqlite"


@pytest.fixture
def own(tmp_path, django_db_blocker):
    """The connection `own_sqlite`, on an empty file."""
    entry = {"ENGINE": "comptoir.base.sqlite", "NAME": str(tmp_path / "own.sqlite3"), "OPTIONS": {}}
    connections.settings[OWN] = connections.configure_settings({"default": {}, OWN: entry})[OWN]
    with django_db_blocker.unblock():
        yield connections[OWN]
        connections[OWN].close()
    del connections.settings[OWN], connections[OWN]
