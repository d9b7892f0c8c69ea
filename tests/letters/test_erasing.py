"""Erasing a booking erases what letters kept of its people (C9): words, addresses, PDFs; the fate's dates stay."""

import json

from django.core import serializers

from comptoir.letters.models import Letter, Recipient
from comptoir.mail.models import Attachment, Enclosure, Message
from comptoir.retention.commands.erasing import erase_booking
from tests.factories import NOW
from tests.letters.conftest import begin, send
from tests.letters.test_files import attach


def everything():
    rows = [row for model in (Letter, Recipient, Message, Enclosure, Attachment) for row in model.objects.all()]
    return json.dumps(serializers.serialize("json", rows), ensure_ascii=False)


def test_nothing_of_the_person_is_left(desk):
    send(desk, begin(desk, desk.hugo, desk.mute, kind="convocation"))
    assert "Hugo" in everything()
    erase_booking(booking_id=desk.hugo.booking_id, by=desk.by, at=NOW)
    for word in ("Hugo", "Marchand", "hugo@", "Claire", "claire@"):
        assert word not in everything()
    assert Message.objects.get().state == "cancelled"
    assert Recipient.objects.count() == 2


def test_a_letter_keeps_its_words_while_somebody_of_it_is_named(desk):
    letter = begin(desk, desk.hugo, desk.away)
    attach(desk, letter)
    send(desk, letter, body="Hugo, votre sac est retrouvé, {session}.")
    erase_booking(booking_id=desk.hugo.booking_id, by=desk.by, at=NOW)
    letter.refresh_from_db()
    assert (letter.body != "", Attachment.objects.count()) == (True, 1)
    assert [one.to for one in Message.objects.filter(state="queued")] == [["lea@exemple.fr"]]
    erase_booking(booking_id=desk.away.booking_id, by=desk.by, at=NOW)
    letter.refresh_from_db()
    assert (letter.subject, letter.body, letter.erased_at, Attachment.objects.count()) == ("", "", NOW, 0)
    assert Recipient.objects.filter(letter=letter).count() == 2


def test_an_erased_person_is_left_out(desk):
    letter = begin(desk, desk.hugo, desk.away)
    erase_booking(booking_id=desk.hugo.booking_id, by=desk.by, at=NOW)
    send(desk, letter)
    assert Recipient.objects.get(registration=desk.hugo).skipped == "erased"
