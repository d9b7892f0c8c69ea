"""An organisation, its administrator, and the link of the last mail as its reader gets it."""

import pytest

from comptoir.mail import sealing
from comptoir.mail.models import Message
from comptoir.members.models import MemberRules
from tests import factories as f

JEAN = {"last_name": "Dupont", "first_name": "Jean"}
DETAILS = {
    **JEAN, "born_on": "1994-03-07", "phone": "06 12 34 56 78", "address": "12 rue des Lilas", "postcode": "83000",
    "city": "Toulon",
}  # fmt: skip


@pytest.fixture
def organisation(db):
    made = f.make_organisation("adpc-var")
    MemberRules.objects.create(organisation=made, is_open=True, dues_cents=3_500)
    return made


@pytest.fixture
def by(organisation):
    return f.actor_of(f.make_staff(organisation))


@pytest.fixture
def key_sent():
    """The key of the last link that proves an address; '' when there is none."""

    def read():
        message = Message.objects.exclude(secret="").order_by("-pk").first()
        return sealing.unseal(message.secret).rstrip("/").rpartition("/")[2] if message else ""

    return read
