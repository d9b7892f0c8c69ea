"""Mails for tests, with as little said as possible."""

import itertools

from comptoir.mail import commands
from comptoir.mail.drafts import Draft
from comptoir.mail.kinds import KINDS
from comptoir.mail.models import Message
from tests.factories import NOW

_count = itertools.count(1)


def samples(kind="client-number"):
    return {one.code: one.sample for one in KINDS[kind].variables}


def draft(organisation, **fields):
    fields = {"kind": "client-number", "key": f"essai:{next(_count)}", "to": ["claire@exemple.fr"], **fields}
    fields.setdefault("context", samples(fields["kind"]))
    return Draft(organisation_id=organisation.pk, **fields)


def queue(organisation, at=NOW, **fields):
    one = draft(organisation, **fields)
    commands.queue_many([one], at=at)
    return Message.objects.get(organisation=organisation, key=one.key)


def send(at=NOW, limit=100):
    return commands.send_due(at=at, limit=limit)
