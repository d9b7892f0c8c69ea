"""T44: a message to a hundred people shows nobody another's address."""

import pytest

from comptoir.mail import commands, wire
from tests.factories import NOW
from tests.mail.made import draft, queue, send

pytestmark = [pytest.mark.fault, pytest.mark.django_db]
PEOPLE = [f"personne{number}@exemple.fr" for number in range(100)]


def disclosed(postbox):
    """Addresses that stand in a mail without being its declared recipient."""
    return [
        (taken.recipients, one)
        for taken in postbox.taken
        for one in PEOPLE
        if one.encode() in taken.content and [one] != taken.recipients
    ]


def test_one_mail_each(organisation, postbox):
    commands.queue_many([draft(organisation, to=[one]) for one in PEOPLE], at=NOW)
    send()
    assert sorted(taken.recipients[0] for taken in postbox.taken) == sorted(PEOPLE)
    assert disclosed(postbox) == []


def test_hidden_recipients_are_in_the_envelope_only(organisation, postbox):
    row = queue(organisation, to=[], bcc=PEOPLE)
    send()
    row.refresh_from_db()
    assert postbox.taken[0].recipients == PEOPLE
    assert disclosed(postbox) == []
    assert postbox.taken[0].mail["To"] == "undisclosed-recipients:;"
    assert row.state == "sent"


def test_the_check_sees_hidden_recipients_that_are_named(organisation, postbox, monkeypatch):
    content = wire.content

    def named(message, **parts):
        message.cc = message.bcc
        return content(message, **parts)

    monkeypatch.setattr(wire, "content", named)
    queue(organisation, to=[], bcc=PEOPLE)
    send()
    assert disclosed(postbox) != []
