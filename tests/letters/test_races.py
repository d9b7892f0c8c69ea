"""Two clicks at once, on two connections: one letter, one mail for each."""

import threading

import pytest
from django.db import connection

from comptoir.base.errors import attempt
from comptoir.letters.commands.sending import send_letter
from comptoir.letters.models import Recipient
from comptoir.mail.models import Enclosure, Message
from tests.factories import NOW
from tests.letters.conftest import begin, written

HANDS = 4


@pytest.fixture
def db(transactional_db):
    """Rows that every connection sees."""


@pytest.mark.fault
def test_many_clicks_at_once_send_one_letter(desk):
    letter = begin(desk, desk.hugo, desk.anne, kind="convocation")
    barrier, said = threading.Barrier(HANDS), []

    def click():
        try:
            barrier.wait(10)
            said.append(attempt(send_letter, letter_id=letter.pk, written=written(), by=desk.by, at=NOW))
        finally:
            connection.close()

    hands = [threading.Thread(target=click) for _ in range(HANDS)]
    for one in hands:
        one.start()
    for one in hands:
        one.join(30)
    assert said == [None] * HANDS
    assert (Message.objects.count(), Recipient.objects.count(), Enclosure.objects.count()) == (2, 2, 4)
