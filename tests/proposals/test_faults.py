"""Two hands at once, a day without a server, headers that somebody typed: what holds, and the change that breaks it."""

import os
from collections import Counter
from datetime import timedelta

import pytest
from django.db import IntegrityError

from comptoir.mail import commands as mail
from comptoir.mail.models import Message
from comptoir.proposals.commands import answering, rows
from comptoir.proposals.commands.clients import validate_dates
from comptoir.proposals.commands.reminding import remind_due
from comptoir.proposals.commands.sending import send_proposal
from comptoir.proposals.models import Answer, DateProposal, SessionClient
from tests.factories import make_client
from tests.hands import together
from tests.mail.server import Postbox, start
from tests.proposals.conftest import DUE, NOW, begin, reply, send, written

FULL = os.environ.get("COMPTOIR_TEST_FAULTS") == "full"
PAIRS = 500 if FULL else 12
pytestmark = pytest.mark.fault


@pytest.fixture
def db(transactional_db):
    """Rows that every connection sees."""


def said_at_once(desk, pairs):
    """T36: what contradicts what, after a yes and a no at once, so many times."""
    wrong = []
    for number in range(pairs):
        proposal = send(desk, desk.lake, at=NOW + timedelta(minutes=number))
        at = NOW + timedelta(minutes=number, seconds=1)

        def say(what, at=at, pk=proposal.pk):
            reply(DateProposal.objects.get(pk=pk), what, at=at)
            return "kept"

        told = together([lambda: say("accepted"), lambda: say("declined")])
        proposal.refresh_from_db()
        kept = list(Answer.objects.filter(proposal=proposal).order_by("position"))
        standing = SessionClient.objects.get(session=desk.session, client=desk.lake).standing
        fits = {"accepted": "confirmed", "declined": "declined"}
        if told != ["kept"] * 2 or len(kept) != 2:
            wrong.append(f"{told} {len(kept)} kept")
        elif kept[-1].said != proposal.state or fits[proposal.state] != standing:
            wrong.append(f"{kept[-1].said} {proposal.state} {standing}")
    return wrong


def test_yes_and_no_at_once_are_both_kept_and_one_holds(desk):
    assert said_at_once(desk, PAIRS) == []


def test_sabotage_without_the_lock_an_answer_is_lost(desk, monkeypatch):
    """Both read before either writes: the unique number of an answer refuses the second, which is then lost."""
    from comptoir.catalogue.models import Session

    proposal = send(desk, desk.lake)
    monkeypatch.setattr(answering, "lock", lambda pk: Session.objects.get(pk=pk))
    monkeypatch.setattr(answering.queries, "last_answer", lambda proposal: None)  # as read before the other wrote
    reply(proposal, "accepted")
    with pytest.raises(IntegrityError):
        reply(proposal, "declined")


def test_an_answer_and_a_validation_by_hand_at_once_are_one_state(desk):
    for number in range(PAIRS // 3):
        proposal = send(desk, desk.town, at=NOW + timedelta(minutes=number))
        act = {"session_id": desk.session.pk, "client_id": desk.town.pk, "by": desk.by, "at": NOW}
        pk = proposal.pk
        together([
            lambda pk=pk: reply(DateProposal.objects.get(pk=pk), "declined") and "kept",
            lambda act=act: validate_dates(**act),
        ])  # fmt: skip
        row = SessionClient.objects.get(client=desk.town)
        assert (row.standing, row.validated_at) == ("confirmed", NOW)
        assert Answer.objects.filter(proposal=proposal).count() == 1


def test_many_clicks_at_once_send_once(desk):
    pk = begin(desk)
    together([lambda: send_proposal(sending_id=pk, written=written(), by=desk.by, at=NOW)] * 4)
    assert DateProposal.objects.count() == Message.objects.count() == 2


def test_two_drafts_sent_at_once_leave_one_living(desk):
    drafts = [begin(desk, desk.lake) for _ in range(3)]
    acts = [lambda pk=pk: send_proposal(sending_id=pk, written=written(), by=desk.by, at=NOW) for pk in drafts]
    together(acts)
    states = Counter(DateProposal.objects.values_list("state", flat=True))
    assert states == {"replaced": 2, "waiting": 1}


def test_rounds_at_once_remind_once(desk):
    send(desk, desk.lake, desk.town)
    together([lambda: len(remind_due(at=DUE - timedelta(days=1)).done)] * 3)
    assert Message.objects.filter(kind="date-proposal-reminder").count() == 2


def a_day_without_a_server(desk, smtp_port):
    """T39, T41: proposals of a day with the port closed; then a server. Copies of each mail that arrived."""
    clients = [make_client(desk.organisation, f"Client {n}", email=f"c{n}@exemple.test") for n in range(30)]
    SessionClient.objects.bulk_create(
        SessionClient(session=desk.session, client=one, is_chosen=True, added_at=NOW) for one in clients
    )
    send(desk, *clients)
    for hour in range(25):
        mail.send_due(at=NOW + timedelta(hours=hour), limit=50)
    postbox = Postbox()
    server = start(postbox, smtp_port)
    try:
        for minute in range(30):
            mail.send_due(at=NOW + timedelta(hours=25, minutes=minute), limit=50)
    finally:
        server.stop()
    return Counter(taken.mail["To"] for taken in postbox.taken)


def test_a_day_without_a_server_loses_and_doubles_nothing(desk, smtp_port):
    found = a_day_without_a_server(desk, smtp_port)
    assert len(found) == 30
    assert set(found.values()) == {1}
    assert all(one.is_late for one in Message.objects.all())


def test_what_is_typed_adds_no_header_and_no_recipient(desk, smtp_port, postbox):
    """T42."""
    desk.lake.contacts.update(first_name="Claire\r\nBcc: pirate@mal.test", last_name="=?utf-8?q?x?=\u2028")
    cc = "cc@lac.test\r\nBcc: pirate@mal.test"
    pk = begin(desk, desk.lake)
    with pytest.raises(Exception, match="n’est pas une adresse"):
        send_proposal(sending_id=pk, written=written(cc=cc), by=desk.by, at=NOW)
    subject = "Dates\r\nX-Mal: 1 {client}"
    with pytest.raises(Exception, match="une seule ligne"):
        send_proposal(sending_id=pk, written=written(subject=subject), by=desk.by, at=NOW)
    send_proposal(sending_id=pk, written=written(bcc="cci@loire.test"), by=desk.by, at=NOW)
    mail.send_due(at=NOW, limit=10)
    taken = postbox.taken[0]
    assert taken.recipients == ["claire@lac.test", "cci@loire.test"]
    assert taken.mail["Bcc"] is None
    assert b"pirate@mal.test\r\n" not in taken.content.partition(b"\r\n\r\n")[0]
    assert b"cci@loire.test" not in taken.content


def test_a_name_that_holds_markup_or_a_variable_is_shown_as_typed(desk):
    desk.lake.legal_name = "<b>Lac</b> {echeance} {{contact}}"
    desk.lake.save()
    mail = Message.objects.get(
        about=send(desk, desk.lake, body="{client}\n\n{horaires}\n\n{echeance}\n\n{bouton}").reference
    )
    assert "<b>Lac</b> {echeance} {{contact}}" in mail.text
    assert "&lt;b&gt;Lac&lt;/b&gt; {echeance} {{contact}}" in mail.html


def test_links_lead_to_the_configured_address_only(desk, settings):
    """T43."""
    settings.PUBLIC_URL = "https://inscriptions.exemple.fr"
    reply(send(desk, desk.lake))
    for one in Message.objects.all():
        links = [word for word in one.text.split() if word.startswith("http")]
        assert links
        assert all(link.startswith("https://inscriptions.exemple.fr/loire/") for link in links)


def test_the_lock_is_the_sessions(desk):
    proposal = send(desk, desk.lake)
    from django.db import transaction

    with transaction.atomic():
        assert rows.lock(proposal.session_id).pk == desk.session.pk
