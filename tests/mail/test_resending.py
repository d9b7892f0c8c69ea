"""Any mail can be sent again (F5), to a corrected address (F4), or let go; the journal says who did."""

from datetime import timedelta

import pytest

from comptoir.base.errors import Invalid, Missing
from comptoir.journal.models import Entry
from comptoir.mail import commands
from comptoir.mail.commands import AlreadySent, UnderWay
from comptoir.mail.models import Message
from comptoir.mail.states import MailState
from tests.factories import NOW, actor_of, make_organisation, make_staff
from tests.mail.made import queue, send

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def by(organisation):
    return actor_of(make_staff(organisation))


def resend(row, by, **more):
    commands.resend(row.pk, by=by, at=LATER, **more)
    row.refresh_from_db()
    return row


def test_a_sent_mail_leaves_again_as_another_mail(organisation, by, postbox):
    row = queue(organisation, about="PR-1")
    send()
    row.refresh_from_db()
    resend(row, by)
    assert (row.state, row.sent_at) == (MailState.QUEUED, None)
    assert send(LATER).done == [row.pk]
    row.refresh_from_db()
    assert (row.sends, row.is_late) == (2, False)
    assert len({taken.message_id for taken in postbox.taken}) == 2
    assert [event["what"] for event in row.fate] == ["sent", "resent", "sent"]
    assert row.fate[1]["by"] == by.name
    assert Entry.objects.get(what="mail.resent").about == "PR-1"


def test_a_refused_mail_leaves_to_the_corrected_address(organisation, by, postbox):
    row = queue(organisation, to=["claire@exmple"])
    resend(row, by, to=["claire@exemple.fr"])
    assert send(LATER).done == [row.pk]
    assert postbox.taken[0].recipients == ["claire@exemple.fr"]
    assert "claire" not in str(Entry.objects.values_list("detail", flat=True))


def test_a_waiting_mail_leaves_at_once_under_its_id(organisation, by, postbox):
    row = queue(organisation)
    postbox.on_rcpt = lambda address: "451 plus tard"
    for minute in (0, 1, 6, 21):
        send(NOW + timedelta(minutes=minute))
    before = row.message_id
    resend(row, by)
    assert (row.message_id, row.next_at) == (before, LATER)


def test_twice_is_once(organisation, by, postbox):
    row = queue(organisation)
    send()
    for _ in range(2):
        resend(row, by)
    send(LATER)
    assert len(postbox.taken) == 2


@pytest.mark.parametrize("to", [[], [" "], ["claire"], ["a@exemple.fr, b@exemple.fr"]])
def test_a_correction_must_be_an_address(to, organisation, by):
    row = queue(organisation)
    with pytest.raises(Invalid) as refusal:
        commands.resend(row.pk, by=by, at=LATER, to=to)
    assert refusal.value.field == "to"


def test_a_mail_under_way_is_left_alone(organisation, by):
    row = queue(organisation)
    Message.objects.update(state=MailState.SENDING)
    for command in (commands.resend, commands.cancel):
        with pytest.raises(UnderWay):
            command(row.pk, by=by, at=LATER)


def test_a_waiting_mail_can_be_let_go(organisation, by, postbox):
    row = queue(organisation)
    for _ in range(2):
        commands.cancel(row.pk, by=by, at=NOW)
    send()
    row.refresh_from_db()
    assert (row.state, postbox.taken) == (MailState.CANCELLED, [])
    assert Entry.objects.filter(what="mail.cancelled").count() == 1


def test_a_sent_mail_cannot_be_called_back(organisation, by, postbox):
    row = queue(organisation)
    send()
    with pytest.raises(AlreadySent):
        commands.cancel(row.pk, by=by, at=NOW)


@pytest.mark.parametrize("command", [commands.resend, commands.cancel])
def test_nobody_else_may(command, organisation):
    row = queue(organisation)
    for stranger in (make_staff(make_organisation()), make_staff(organisation, "manager")):
        with pytest.raises(Missing):
            command(row.pk, by=actor_of(stranger), at=LATER)
