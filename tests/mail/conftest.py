"""An organisation with an outbox, and a real SMTP server at the other end."""

import pytest

from tests.factories import make_organisation
from tests.mail.server import Postbox, free_port, start


@pytest.fixture
def smtp_port(settings):
    """Where mails would go: nobody listens there yet."""
    port = free_port()
    options = {"host": "127.0.0.1", "port": port, "timeout": 5}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
    settings.PUBLIC_URL = "https://inscriptions.exemple.fr"
    return port


@pytest.fixture
def postbox(smtp_port):
    """A server that takes every mail, until told otherwise."""
    postbox = Postbox()
    server = start(postbox, smtp_port)
    yield postbox
    server.stop()


@pytest.fixture
def organisation(db):
    return make_organisation("loire", name="Loire Formation", contact_email="bonjour@loire.example")
