"""A session moved or cancelled is told once to those who hold a seat, with a calendar that replaces the former."""

from datetime import time, timedelta
from functools import partial

import pytest
from icalendar import Calendar

from comptoir.bookings import calendars
from comptoir.bookings.commands import moving
from comptoir.bookings.commands.changed import SETTLED, tell_changed
from comptoir.catalogue.commands import publication, slots
from comptoir.catalogue.commands.sessions import change_session
from comptoir.catalogue.details import SessionDetails
from comptoir.catalogue.hours import SlotTimes
from comptoir.catalogue.series import Rule
from comptoir.catalogue.states import Step
from comptoir.catalogue.timetable import Timetable
from comptoir.journal.models import Entry
from comptoir.mail.models import Enclosure, Message
from tests.checkout.direct import booked, make_fair
from tests.factories import NOW
from tests.hands import together

LATER = NOW + timedelta(hours=1)
DUE = LATER + SETTLED


@pytest.fixture
def fair(db):
    return make_fair()


def shift(fair, days=7, at=LATER):
    fair.session.refresh_from_db()
    day = fair.session.starts_on + timedelta(days=days)
    slots.shift_session(session_id=fair.session.pk, starts_on=day, by=fair.desk, at=at)


def told(kind="session-changed"):
    return Message.objects.filter(kind=kind)


def sent_calendar(mail):
    (enclosed,) = Enclosure.objects.filter(message=mail).select_related("attachment")
    return Calendar.from_ical(bytes(enclosed.attachment.content))


def test_moved_it_is_told_once_things_are_quiet(fair):
    booking = booked(fair, 2)
    shift(fair)
    assert tell_changed(at=DUE - timedelta(seconds=1)).done == []
    assert tell_changed(at=DUE).done == [fair.session.reference]
    assert tell_changed(at=DUE).done == []
    mail = told().get()
    assert mail.to == [booking.contact_email]
    assert booking.reference in mail.text
    assert Entry.objects.filter(what="session.change-told").count() == 1


def test_the_calendar_replaces_the_one_taken_before(fair):
    booked(fair)
    before = Calendar.from_ical(calendars.calendar([fair.session], at=NOW)).walk("VEVENT")
    shift(fair)
    tell_changed(at=DUE)
    made = sent_calendar(told().get())
    (event,) = made.walk("VEVENT")
    assert made["method"] == "PUBLISH"
    assert (event["uid"], event["status"]) == (before[0]["uid"], "CONFIRMED")
    assert event["sequence"] == before[0]["sequence"] + 1
    assert event.decoded("dtstart") == before[0].decoded("dtstart") + timedelta(days=7)


def meets(fair, *days):
    """The session is held on these days of the fair's month, an hour each."""
    fair.session.refresh_from_db()
    first = fair.session.starts_on
    times = [SlotTimes(first + timedelta(days=one), time(9), time(10)) for one in days]
    slots.set_slots(session_id=fair.session.pk, slots=times, by=fair.desk, at=LATER)


def test_a_sitting_that_is_no_more_is_taken_off_calendars(fair):
    meets(fair, 0, 1, 2)
    booked(fair, at=LATER - timedelta(seconds=1))
    meets(fair, 0, 1)
    tell_changed(at=DUE)
    made = sent_calendar(told().get())
    assert made["method"] == "PUBLISH"
    fair.session.refresh_from_db()
    names = {str(one["uid"]): (str(one["status"]), int(one["sequence"])) for one in made.walk("VEVENT")}
    last = fair.session.calendar_sequence
    assert names == {
        calendars.uid_of(fair.session, 1): ("CONFIRMED", last), calendars.uid_of(fair.session, 2): ("CONFIRMED", last),
        calendars.uid_of(fair.session, 3): ("CANCELLED", last),
    }  # fmt: skip
    assert len(Calendar.from_ical(calendars.calendar([fair.session], at=DUE)).walk("VEVENT")) == 2, "taken anew"
    meets(fair, 0, 1, 3)
    states = Calendar.from_ical(calendars.calendar([fair.session], at=DUE, takes_back=True)).walk("VEVENT")
    assert [str(one["status"]) for one in states] == ["CONFIRMED"] * 3


def test_cancelled_it_is_taken_off_calendars(fair):
    booked(fair)
    publication.move_session(session_id=fair.session.pk, to="cancelled", by=fair.desk, at=LATER)
    tell_changed(at=DUE)
    made = sent_calendar(told("session-cancelled").get())
    assert (made["method"], made.walk("VEVENT")[0]["status"]) == ("CANCEL", "CANCELLED")
    assert not told().exists()


def test_two_changes_in_a_row_are_told_together_and_a_third_later(fair):
    booked(fair)
    shift(fair)
    shift(fair, at=LATER + timedelta(minutes=4))
    assert tell_changed(at=DUE).done == []
    tell_changed(at=DUE + timedelta(minutes=4))
    assert told().count() == 1
    shift(fair, at=DUE + timedelta(hours=1))
    tell_changed(at=DUE + timedelta(hours=2))
    assert told().count() == 2


def test_only_those_who_hold_a_seat_and_did_not_know(fair):
    gone = booked(fair)
    moving.cancel_booking(booking_id=gone.pk, by=fair.desk, at=NOW)
    shift(fair)
    booked(fair, at=LATER + timedelta(minutes=1))
    assert tell_changed(at=DUE).done == []
    assert not told().exists()


def test_participants_who_have_an_address_are_told_too(fair):
    booking = booked(fair, 2)
    booking.registrations.filter(position=2).update(email="hugo@exemple.fr")
    shift(fair)
    tell_changed(at=DUE)
    assert sorted(mail.to[0] for mail in told()) == ["claire@exemple.fr", "hugo@exemple.fr"]
    link = told().get(to=["hugo@exemple.fr"]).text
    assert "reservation/" not in link


def rewritten(fair, **values):
    fair.session.refresh_from_db()
    names = [name for name in SessionDetails.__dataclass_fields__ if hasattr(fair.session, name)]
    details = SessionDetails(**{name: getattr(fair.session, name) for name in names} | values)
    change_session(session_id=fair.session.pk, details=details, by=fair.desk, at=LATER)


def planned(fair):
    day, hours = fair.session.starts_on, (time(9), time(12))
    slots.set_slots(session_id=fair.session.pk, slots=[SlotTimes(day, *hours)], by=fair.desk, at=LATER)


def half_days(fair):
    day = fair.session.starts_on
    rule = Rule(day, Step.WEEK, times=1, skip_holidays=False)
    timetable = Timetable(rule, frozenset({"morning"}))
    slots.add_slots(session_id=fair.session.pk, timetable=timetable, by=fair.desk, at=LATER)


def cancelled(fair):
    publication.move_session(session_id=fair.session.pk, to="cancelled", by=fair.desk, at=LATER)


MOVES = {
    "place": lambda fair: rewritten(fair, place="Halle aux Toiles"), "shift": shift, "slots": planned,
    "half-days": half_days, "cancelled": cancelled,
}  # fmt: skip


@pytest.mark.parametrize("how", MOVES)
def test_whatever_a_calendar_shows_is_told(fair, how):
    booked(fair)
    MOVES[how](fair)
    fair.session.refresh_from_db()
    assert (fair.session.calendar_sequence, fair.session.calendar_changed_at) == (1, LATER)


def test_what_no_calendar_shows_is_not_told(fair):
    booked(fair)
    rewritten(fair, capacity=9)
    fair.session.refresh_from_db()
    assert (fair.session.capacity, fair.session.calendar_sequence) == (9, 0)


def test_begun_it_tells_nobody(fair):
    booked(fair)
    shift(fair)
    fair.session.refresh_from_db()
    assert tell_changed(at=fair.session.begins_at).done == []


@pytest.mark.fault
def test_four_rounds_at_once_tell_once(transactional_db):
    fair = make_fair()
    booked(fair, 2)
    shift(fair)
    said = together([partial(tell_changed, at=DUE)] * 4)
    assert sorted(len(one.done) for one in said) == [0, 0, 0, 1]
    assert (told().count(), Entry.objects.filter(what="session.change-told").count()) == (1, 1)
    assert Enclosure.objects.count() == 1
