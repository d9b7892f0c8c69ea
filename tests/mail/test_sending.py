"""A queued mail leaves through a real SMTP server, and its row says what became of it."""

from datetime import timedelta

import pytest

from comptoir.mail import outbox
from comptoir.mail.models import Message
from comptoir.mail.states import MailState
from tests.factories import NOW
from tests.mail.made import queue, send

pytestmark = pytest.mark.django_db


def test_a_mail_leaves_once_with_both_parts(organisation, postbox):
    row = queue(organisation, cc=["copie@exemple.fr"])
    assert send().done == [row.pk]
    assert send(NOW + timedelta(days=1)).done == []
    [taken] = postbox.taken
    row.refresh_from_db()
    assert (row.state, row.sends, row.attempts, row.last_error) == (MailState.SENT, 1, 1, "")
    assert taken.recipients == ["claire@exemple.fr", "copie@exemple.fr"]
    assert taken.text.replace("\r\n", "\n") == row.text
    assert taken.html.replace("\r\n", "\n").rstrip() == row.html.rstrip()
    assert row.fate[-1]["what"] == "sent"
    assert "pris en charge" in row.fate[-1]["said"]


def test_its_headers_say_who_writes_and_where_to_answer(organisation, postbox):
    queue(organisation)
    send()
    mail = postbox.taken[0].mail
    assert mail["From"] == "Loire Formation <comptoir@localhost>"
    assert (mail["Reply-To"], mail["Auto-Submitted"]) == ("bonjour@loire.example", "auto-generated")
    assert mail["Message-ID"].endswith("@inscriptions.exemple.fr>")
    assert mail["Date"].datetime == NOW


def test_a_batch_is_one_conversation(organisation, postbox):
    rows = [queue(organisation) for _ in range(5)]
    assert send().done == [one.pk for one in rows]
    assert postbox.conversations == 1


def test_the_oldest_due_leave_first_and_no_more_than_asked(organisation, postbox):
    late, early = queue(organisation, at=NOW), queue(organisation, at=NOW - timedelta(minutes=1))
    assert send(limit=1).done == [early.pk]
    assert send(limit=1).done == [late.pk]


def test_a_temporary_answer_is_tried_again_later_and_later(organisation, postbox):
    row = queue(organisation)
    postbox.on_rcpt = lambda address: "451 4.7.1 revenez plus tard"
    at, waits = NOW, []
    for _ in range(6):
        assert send(at).done == []
        row.refresh_from_db()
        waits.append(round((row.next_at - at).total_seconds() / 60))
        at = row.next_at + timedelta(seconds=1)
    assert waits == [1, 5, 15, 60, 60, 60]
    assert (row.state, row.attempts) == (MailState.QUEUED, 6)
    assert row.last_error == "451 4.7.1 revenez plus tard"
    assert [event["times"] for event in row.fate] == [6]


def test_a_mail_put_off_for_three_days_is_refused_and_says_why(organisation, postbox):
    row = queue(organisation)
    postbox.on_rcpt = lambda address: "450 boîte pleine"
    send(NOW + timedelta(days=2))
    row.refresh_from_db()
    assert row.state == MailState.QUEUED
    send(NOW + timedelta(days=3, hours=1))
    row.refresh_from_db()
    assert (row.state, row.last_error) == (MailState.REFUSED, "450 boîte pleine")


def test_a_refused_recipient_is_said_in_the_servers_words(organisation, postbox):
    row = queue(organisation)
    postbox.on_rcpt = lambda address: "550 5.1.1 no such user"
    outcome = send()
    row.refresh_from_db()
    assert (row.state, row.last_error, row.sent_at) == (MailState.REFUSED, "550 5.1.1 no such user", None)
    assert [one.refusal.sentence for one in outcome.skipped] == ["550 5.1.1 no such user"]
    assert send(NOW + timedelta(days=1)).skipped == []


def test_a_content_refused_is_refused_for_all(organisation, postbox):
    row = queue(organisation, cc=["copie@exemple.fr"])
    postbox.on_data = lambda envelope: "554 5.7.1 spam"
    send()
    row.refresh_from_db()
    assert (row.state, row.last_error) == (MailState.REFUSED, "554 5.7.1 spam")
    assert set(row.answers) == {"claire@exemple.fr", "copie@exemple.fr"}


def test_each_recipient_has_its_own_fate(organisation, postbox):
    row = queue(organisation, to=["oui@exemple.fr", "non@exemple.fr", "plus-tard@exemple.fr"])
    answers = {"non@exemple.fr": "550 inconnu", "plus-tard@exemple.fr": "451 plus tard"}
    postbox.on_rcpt = answers.get
    send()
    row.refresh_from_db()
    assert (row.state, row.sends) == (MailState.QUEUED, 1)
    answers.clear()
    send(NOW + timedelta(minutes=2))
    row.refresh_from_db()
    assert [taken.recipients for taken in postbox.taken] == [["oui@exemple.fr"], ["plus-tard@exemple.fr"]]
    assert len({taken.message_id for taken in postbox.taken}) == 1
    assert (row.state, row.last_error) == (MailState.REFUSED, "550 inconnu")


def test_an_answer_about_us_is_not_held_against_the_recipients(organisation, postbox):
    row = queue(organisation)
    postbox.on_mail = lambda address: "550 sender rejected"
    send()
    row.refresh_from_db()
    assert (row.state, row.last_error) == (MailState.QUEUED, "451 550 sender rejected")


def test_a_cut_within_a_mail_is_tried_again_under_the_same_id(organisation, postbox):
    row = queue(organisation)
    postbox.cut_at_data = True
    send()
    row.refresh_from_db()
    assert (row.state, row.attempts) == (MailState.QUEUED, 1)
    postbox.cut_at_data = False
    send(NOW + timedelta(minutes=2))
    assert [taken.message_id for taken in postbox.taken] == [f"<{row.message_id}>"]


def test_a_server_that_hangs_up_after_a_few_mails_costs_nobody_a_delay(organisation, postbox):
    rows = [queue(organisation) for _ in range(5)]
    seen = set()

    def twice_a_conversation(address):
        mine = len(postbox.taken)
        if mine and mine % 2 == 0 and mine not in seen:
            seen.add(mine)
            return "421 assez pour cette fois"
        return None

    postbox.on_mail = twice_a_conversation
    done = [pk for _ in range(3) for pk in send().done]
    assert sorted(done) == [one.pk for one in rows]
    assert set(Message.objects.values_list("attempts", flat=True)) == {1}


def test_one_mail_that_cannot_be_written_holds_back_no_other(organisation, postbox, monkeypatch):
    from comptoir.mail import wire

    bad, good = queue(organisation), queue(organisation)
    write = wire.content

    def content(message, **parts):
        if message.pk == bad.pk:
            raise RuntimeError
        return write(message, **parts)

    monkeypatch.setattr(wire, "content", content)
    assert send().done == [good.pk]
    bad.refresh_from_db()
    assert bad.state == MailState.QUEUED


def test_asking_whether_anything_is_due_reads_an_index(organisation, on_sqlite):
    """It is asked twice a second, for ever, beside all the mails ever sent."""
    if not on_sqlite:
        pytest.skip("PostgreSQL chooses by the size of the table")
    assert "USING COVERING INDEX mail_due" in outbox.due(NOW).values("pk").explain()
    assert "USING INDEX mail_due" in outbox.due(NOW).order_by("next_at", "id").explain()
