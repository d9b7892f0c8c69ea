"""T39: a day without a server. Nobody waits for it, nothing is lost or doubled, all leaves when it is back."""

from collections import Counter
from datetime import timedelta

import pytest

from comptoir.mail import commands
from comptoir.mail.models import Message
from comptoir.mail.states import MailState
from tests.factories import NOW
from tests.faults import size
from tests.mail.lab import sabotage
from tests.mail.made import draft, queue, send
from tests.mail.server import Postbox, start

pytestmark = [pytest.mark.fault, pytest.mark.django_db]
MAILS = size.of(200, 5000)


def a_day_without(organisation, smtp_port):
    """Mails queued over a day with the port closed; then a server. Answers what went wrong."""
    at, found = NOW, []
    for hour in range(25):
        commands.queue_many((draft(organisation) for _ in range(MAILS // 25)), at=at)
        sent = [pk for minute in (0, 1, 6, 21, 50) for pk in send(at + timedelta(minutes=minute)).done]
        found += [f"sent at hour {hour} without a server"] * len(sent)
        at += timedelta(hours=1)
    postbox = Postbox()
    server = start(postbox, smtp_port)
    try:
        for minute in range(60):  # from the moment the server is back
            send(at + timedelta(minutes=minute), limit=500)
            if not Message.objects.exclude(state=MailState.SENT).exists():
                break
    finally:
        server.stop()
    copies = Counter(taken.message_id for taken in postbox.taken)
    found += [f"{MAILS - len(copies)} lost"] * (len(copies) != MAILS)
    found += [f"{count} copies" for count in copies.values() if count > 1]
    return found


def test_a_day_without_a_server_loses_and_doubles_nothing(organisation, smtp_port):
    assert a_day_without(organisation, smtp_port) == []
    assert all(one.is_late for one in Message.objects.all())


def test_the_check_sees_a_sender_that_gives_up(organisation, smtp_port, monkeypatch):
    from comptoir.mail import outbox

    monkeypatch.setattr(outbox, "strand", outbox.strand)  # put back afterwards
    sabotage.gives_up_without_a_server()
    assert a_day_without(organisation, smtp_port) != []


def test_queueing_costs_the_same_without_a_server(organisation, smtp_port, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        queue(organisation)


def test_waiting_grows_and_every_due_mail_waits_together(organisation, smtp_port):
    rows = [queue(organisation) for _ in range(5)]
    outcome = send(limit=2)
    assert {one.refusal.code for one in outcome.skipped} == {"mail-no-server"}
    assert set(Message.objects.values_list("next_at", "attempts")) == {(NOW + timedelta(minutes=1), 1)}
    waits, at = [], NOW
    for _ in range(6):
        rows[0].refresh_from_db()
        at, before = rows[0].next_at, at
        waits.append((at - before).total_seconds() / 60)
        send(at)
    assert waits == [1, 5, 15, 60, 60, 60]
    assert "refused" in rows[0].last_error.lower()


def test_when_a_server_answers_those_stranded_leave_at_once(organisation, smtp_port):
    rows = [queue(organisation) for _ in range(3)]
    for minute in (0, 1, 6, 21):
        send(NOW + timedelta(minutes=minute))
    postbox = Postbox()
    server = start(postbox, smtp_port)
    try:
        new = queue(organisation, at=NOW + timedelta(minutes=30))
        assert send(NOW + timedelta(minutes=30)).done == [new.pk]
        assert sorted(send(NOW + timedelta(minutes=30)).done) == [one.pk for one in rows]
    finally:
        server.stop()


def test_a_temporary_answer_is_not_a_refusal_and_the_check_sees_it(organisation, postbox, monkeypatch):
    from comptoir.mail.smtp import Answer

    def refused_after_a_451():
        row = queue(organisation)
        postbox.on_rcpt = lambda address: "451 plus tard"
        send()
        row.refresh_from_db()
        return row.state == MailState.REFUSED

    assert not refused_after_a_451()
    monkeypatch.setattr(Answer, "is_final", Answer.is_final)
    sabotage.temporary_is_final()
    assert refused_after_a_451()
