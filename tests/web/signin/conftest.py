"""What the tests of the sign-in pages share: no waiting, and the link of the last mail as its reader gets it."""

import pytest

from comptoir.mail import sealing
from comptoir.mail.models import Message
from comptoir.web.shared import evened


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    """The pause that makes answers alike has its own test."""
    monkeypatch.setattr(evened, "LEAST", 0.0)
    monkeypatch.setattr(evened, "BLUR", 0.0)


@pytest.fixture
def link_sent():
    """The path of the link in the last mail that carries one; '' when there is none."""

    def read():
        message = Message.objects.filter(kind="password-link").exclude(secret="").order_by("-pk").first()
        if message is None:
            return ""
        address = sealing.unseal(message.secret)
        return "/" + address.partition("://")[2].partition("/")[2]

    return read
