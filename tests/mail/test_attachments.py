"""What goes with mails: kept once, carried by each of its mails in its order, never doubled, gone when it must be."""

from datetime import timedelta

import pytest

from comptoir.mail import attachments, erasing
from comptoir.mail.attachments import Enclosed, File
from comptoir.mail.commands import queue_many
from comptoir.mail.models import Attachment, Enclosure, Message
from tests.factories import NOW
from tests.mail.made import draft, queue, send

pytestmark = pytest.mark.django_db
BYTES = bytes(range(256)) * 40  # every byte, line ends and zeros included


def keep(organisation, name="Plan d’accès.pdf", media_type="application/pdf", content=BYTES):
    return attachments.keep_file(File(name, media_type, content), organisation_id=organisation.pk, about="ME-1", at=NOW)


def parts(taken):
    return [(one.get_filename(), one.get_content_type()) for one in taken.mail.iter_attachments()]


def test_every_byte_arrives_under_its_name(organisation, postbox):
    queue(organisation, enclosed=[Enclosed(keep(organisation))])
    send()
    [taken] = postbox.taken
    [part] = taken.mail.iter_attachments()
    assert (part.get_filename(), part.get_content()) == ("Plan d’accès.pdf", BYTES)
    assert part["Content-Transfer-Encoding"] == "base64"
    assert taken.text
    assert taken.html
    assert all(len(line) <= 998 and line.isascii() for line in taken.content.split(b"\r\n"))


def test_many_share_one_and_each_names_it_in_its_order(organisation, postbox):
    first, second = keep(organisation), keep(organisation, "b.png", "image/png")
    mails = [draft(organisation, enclosed=[Enclosed(second, f"{n}.png"), Enclosed(first)]) for n in range(3)]
    queue_many([*mails, draft(organisation)], at=NOW)
    send()
    assert [parts(taken) for taken in postbox.taken] == [
        *([(f"{n}.png", "image/png"), ("Plan d’accès.pdf", "application/pdf")] for n in range(3)), [],
    ]  # fmt: skip
    assert Attachment.objects.count() == 2


def test_the_same_cause_again_carries_nothing_twice(organisation):
    one = draft(organisation, enclosed=[Enclosed(keep(organisation))])
    queue_many([one], at=NOW)
    queue_many([one], at=NOW)
    assert (Message.objects.count(), Enclosure.objects.count()) == (1, 1)


def test_a_mail_that_was_there_before_keeps_what_it_had(organisation):
    bare = queue(organisation)
    queue_many([draft(organisation, key=bare.key, enclosed=[Enclosed(keep(organisation))])], at=NOW)
    assert attachments.names_of(bare) == []


def test_a_name_can_hold_no_header(organisation, postbox):
    queue(organisation, enclosed=[Enclosed(keep(organisation, 'a"; filename=b.exe\u2028Bcc: x@y.fr'))])
    send()
    [taken] = postbox.taken
    assert taken.mail["Bcc"] is None
    assert len(list(taken.mail.iter_attachments())) == 1


def test_sent_again_it_carries_the_same(organisation, postbox):
    row = queue(organisation, enclosed=[Enclosed(keep(organisation))])
    postbox.on_data = lambda envelope: "451 plus tard"
    send()
    postbox.on_data = lambda envelope: None
    send(NOW + timedelta(minutes=5))
    assert [parts(taken) for taken in postbox.taken] == [[("Plan d’accès.pdf", "application/pdf")]]
    assert attachments.names_of(row) == ["Plan d’accès.pdf"]


def test_erased_with_the_mail_and_forgotten_with_its_cause(organisation):
    kept = keep(organisation)
    queue(organisation, about="R-1", enclosed=[Enclosed(kept, own={"person": "Claire"})])
    other = queue(organisation, about="R-2", enclosed=[Enclosed(kept)])
    erasing.erase(["R-1"], organisation_id=organisation.pk)
    assert [one.message_id for one in Enclosure.objects.all()] == [other.pk]
    attachments.forget("ME-1", organisation_id=organisation.pk)
    assert (Attachment.objects.count(), Enclosure.objects.count()) == (0, 0)
