"""What every test shares: a chosen database, settings of its own, and no network beyond this machine."""

import ipaddress
import os
import socket

import django
import pytest
from django.conf import settings
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from comptoir.environment import Environment
from tests import database

if settings.configured:
    raise pytest.UsageError("DJANGO_SETTINGS_MODULE is set: unset it, the tests choose their own settings.")
DATABASE = database.prepare()
Environment.model_config["env_file"] = None  # a developer's .env is not part of the tests
django.setup()

if DATABASE == "sqlite":
    # A file, never memory: threads get connections of their own, and the journal is the one of production.
    default = settings.DATABASES["default"]
    default.setdefault("TEST", {})["NAME"] = default["NAME"] + ".test"
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]  # quick ones

hypothesis_settings.register_profile("house", deadline=None, print_blob=True)
hypothesis_settings.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    """Workers prepare an environment each: one that came with settings would have them loaded too early."""
    if config.getoption("numprocesses", None):
        del os.environ["DJANGO_SETTINGS_MODULE"]


def pytest_report_header() -> str:
    """Say which database this run is on."""
    return f"database: {DATABASE}"


class OutsideNetwork(RuntimeError):
    """A test tried to reach another machine."""


def _is_here(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")


def _guarded(method):
    def connect(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
            raise OutsideNetwork(f"{address[0]} is not this machine")
        return method(self, address)

    return connect


@pytest.fixture(autouse=True)
def nothing_kept():
    """Tests begin alike: ids given again to other rows would be served another test's pages and answers."""
    from comptoir.freshness import kept as answers
    from comptoir.web.shared import kept as pages

    pages.forget_all()
    answers.forget_all()


@pytest.fixture(autouse=True)
def french_spoken():
    """A request leaves its language to the thread, as it may still be streamed; the next request says its own."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="session", autouse=True)
def only_this_machine():
    """Connections leave for this machine only, and no name of another is looked up."""
    look_up = socket.getaddrinfo

    def look_up_here(host, *args, **kwargs):
        if not _is_here(host):
            raise OutsideNetwork(f"{host} is not this machine")
        return look_up(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _guarded(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", _guarded(socket.socket.connect_ex))
        patch.setattr(socket, "getaddrinfo", look_up_here)
        yield


@pytest.fixture
def on_sqlite() -> bool:
    """Whether this run is on SQLite."""
    return DATABASE == "sqlite"
