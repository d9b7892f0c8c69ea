"""Before a session its contacts and participants are reminded: once, in time, and again when it moves."""

from datetime import date, timedelta

import pytest

from comptoir.bookings.commands.reminding import remind_due
from comptoir.bookings.links import link_of
from comptoir.journal.models import Entry
from comptoir.mail.models import Message
from tests.factories import NOW, make_registrations, make_rules, make_session, make_slot

PEOPLE = [("Hugo", "Marchand", "hugo@exemple.fr"), ("Anne", "Roy", ""), ("Claire", "Lefèvre", "claire@exemple.fr")]


@pytest.fixture
def soon(place):
    make_rules(place.activity, reminder_days=3)
    place.soon = make_session(
        place.activity, starts_on=date(2026, 11, 26), ends_on=date(2026, 11, 26), address="3 quai"
    )
    nine = place.soon.begins_at + timedelta(hours=9)
    make_slot(place.soon, nine, nine + timedelta(hours=3))
    place.soon.refresh_from_db()
    named = {"booking_contact_name": "Claire Lefèvre", "booking_contact_email": "claire@exemple.fr"}
    place.booking = make_registrations(place.soon, people=PEOPLE, **named)[0].booking
    return place


def sent():
    return sorted((one.kind, *one.to) for one in Message.objects.all())


def test_contact_and_participants_are_told_once(soon):
    before = soon.soon.begins_at - timedelta(days=3, seconds=1)
    assert remind_due(at=before).done == []
    at = before + timedelta(seconds=1)
    assert remind_due(at=at).done == [soon.soon.reference]
    assert remind_due(at=at).done == []
    assert sent() == [("session-invitation", "hugo@exemple.fr"), ("session-reminder", "claire@exemple.fr")]
    texts = {one.kind: one.text.replace("\u00a0", " ").replace("\u202f", " ") for one in Message.objects.all()}
    for text in texts.values():
        assert "– jeudi 26 novembre 2026, 9 h – 12 h" in text
        assert "Salle Loire, 3 quai, Nantes" in text
    assert "– Anne Roy" in texts["session-reminder"]
    assert link_of(soon.booking) in texts["session-reminder"]
    assert link_of(soon.booking) not in texts["session-invitation"]  # the link is the contact's alone
    assert Entry.objects.filter(what="session.reminded", about=soon.soon.reference).count() == 1


def test_who_holds_no_sure_seat_is_not_expected(soon):
    make_registrations(soon.soon, state="pending", booking_contact_email="attend@exemple.fr")
    make_registrations(soon.soon, state="cancelled", booking_contact_email="annule@exemple.fr")
    remind_due(at=NOW + timedelta(days=1))
    assert {address for _kind, address in sent()} == {"hugo@exemple.fr", "claire@exemple.fr"}


@pytest.mark.parametrize("change", [{"state": "cancelled"}, {"state": "draft"}, {"begins_at": NOW}])
def test_a_session_that_is_not_held_or_has_begun_reminds_nobody(soon, change):
    type(soon.soon).objects.filter(pk=soon.soon.pk).update(**change)
    assert remind_due(at=NOW + timedelta(days=1)).done == []


def test_without_a_delay_nobody_is(soon):
    soon.activity.rules.reminder_days = 0
    soon.activity.rules.save()
    assert remind_due(at=NOW + timedelta(days=1)).done == []


def test_moved_it_reminds_again(soon):
    at = NOW + timedelta(days=1)
    remind_due(at=at)
    type(soon.soon).objects.filter(pk=soon.soon.pk).update(begins_at=soon.soon.begins_at + timedelta(hours=5))
    assert remind_due(at=at).done == [soon.soon.reference]
    assert Message.objects.filter(kind="session-reminder").count() == 2
