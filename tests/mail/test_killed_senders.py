"""T41: senders killed at any moment lose nothing; at most the mail they had in hand leaves twice, under the same id."""

import os
import random
import signal
from collections import Counter
from datetime import timedelta

import pytest

from comptoir.mail import commands
from comptoir.mail.models import Message
from comptoir.mail.outbox import CLAIM
from comptoir.mail.states import MailState
from tests.factories import NOW
from tests.faults import size
from tests.mail.lab.workshop import workshop
from tests.mail.made import draft

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]
KILLS = size.of(40, 200)
MAILS_PER_KILL = 5
LAPSED = CLAIM + timedelta(seconds=1)


class Killer:
    """Kills the sender when the server has seen the chosen number of the chosen event."""

    def __init__(self, postbox):
        self.pid = self.left = 0
        self.event = ""
        postbox.on_mail = lambda address: self._seen("mail")
        postbox.on_rcpt = lambda address: self._seen("rcpt")
        postbox.on_data = lambda envelope: self._seen("data")
        postbox.after_taking = lambda taken: self._seen("taken")

    def aim(self, event, count):
        self.event, self.left = event, count

    def know(self, pid):
        self.pid = pid

    def _seen(self, event):
        if event == self.event:
            self.left -= 1
            if self.left == 0:
                os.kill(self.pid, signal.SIGKILL)


def faults(postbox, kills_after_taking):
    """What went wrong: mails lost, copies that no kill explains, copies under another id."""
    copies = Counter(taken.message_id for taken in postbox.taken)
    rows = {f"<{one}>" for one in Message.objects.values_list("message_id", flat=True)}
    found = [f"lost {one}" for one in rows - set(copies)] + [f"unknown id {one}" for one in set(copies) - rows]
    extra = sum(copies.values()) - len(copies)
    if extra > kills_after_taking:
        found.append(f"{extra} copies for {kills_after_taking} ambiguous cuts")
    unsettled = Message.objects.exclude(state=MailState.SENT).count()
    return [*found, *([f"{unsettled} not sent"] if unsettled else [])]


def killed(organisation, postbox, smtp_port, kills, *sabotage, event=None):
    """Queue mails, kill senders one after the other, let the last one finish; answers the faults."""
    luck = random.Random(41)
    commands.queue_many((draft(organisation) for _ in range(kills * MAILS_PER_KILL)), at=NOW)
    killer, at, ambiguous = Killer(postbox), NOW, 0
    with workshop(smtp_port, *sabotage) as senders:
        for _ in range(kills):
            chosen = event or luck.choice(["mail", "rcpt", "data", "taken"])
            killer.aim(chosen, luck.randint(1, MAILS_PER_KILL))
            died = senders.send(at, 20, knowing=killer.know)
            assert died == signal.SIGKILL or sabotage  # a sabotaged sender may find nothing to do
            ambiguous += chosen in ("data", "taken")
            at += LAPSED
        killer.aim("", 0)
        senders.send(at, 10_000)
    return faults(postbox, ambiguous)


def test_killed_senders_lose_nothing(organisation, postbox, smtp_port):
    assert killed(organisation, postbox, smtp_port, KILLS) == []


def test_a_kill_between_taken_and_written_doubles_that_mail_only_under_the_same_id(organisation, postbox, smtp_port):
    assert killed(organisation, postbox, smtp_port, 3, event="taken") == []
    assert max(Counter(taken.message_id for taken in postbox.taken).values()) == 2


@pytest.mark.parametrize(
    "sabotage", ["sent_before_it_is_offered", "new_id_at_each_offer", "settled_at_the_end", "claims_never_lapse"]
)
def test_the_check_sees(sabotage, organisation, postbox, smtp_port):
    assert killed(organisation, postbox, smtp_port, 3, sabotage, event="taken") != []
