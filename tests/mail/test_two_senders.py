"""Several senders at once never offer the same mail twice."""

import threading
from collections import Counter

import pytest
from django.db import connections

from comptoir.mail import commands, outbox
from comptoir.mail.models import Message
from tests.factories import NOW
from tests.mail.made import draft, send

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]
MAILS = 120


def copies(organisation, postbox):
    """Four senders at once on one queue: how many mails left more or less than once."""
    commands.queue_many((draft(organisation) for _ in range(MAILS)), at=NOW)

    def work():
        try:
            while send(limit=7).done:
                pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    send(limit=MAILS)
    counts = Counter(taken.message_id for taken in postbox.taken)
    return MAILS - len(counts), sum(1 for count in counts.values() if count > 1)


def test_four_senders_share_the_queue(organisation, postbox):
    assert copies(organisation, postbox) == (0, 0)


def test_the_check_sees_rows_that_are_not_claimed(organisation, postbox, monkeypatch):
    def unclaimed(*, at, limit):
        mine = list(outbox.due(at).select_related("organisation").order_by("id")[:limit])
        Message.objects.filter(pk__in=[one.pk for one in mine]).update(state="sending", next_at=at + outbox.CLAIM)
        for one in mine:
            one.state, one.next_at = "sending", at + outbox.CLAIM
        threading.Event().wait(0.05)
        return mine

    monkeypatch.setattr(outbox, "claim", unclaimed)
    assert copies(organisation, postbox) != (0, 0)
