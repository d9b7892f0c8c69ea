"""The schedule: by the hour, by half-days, moved as a whole; the session's days follow."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from comptoir.base.errors import Forbidden, Missing, Refusal
from comptoir.catalogue.commands import slots
from comptoir.catalogue.hours import SlotTimes
from comptoir.catalogue.models import Session, Slot
from comptoir.catalogue.planning import MOST_SLOTS, times_of
from comptoir.catalogue.states import HalfDay
from comptoir.journal.models import Entry
from tests.catalogue.conftest import faults
from tests.factories import NOW, actor_of, make_staff

DAY = date(2027, 1, 11)
MORNING = SlotTimes(DAY, time(9), time(12, 30))
AFTERNOON = SlotTimes(DAY, time(13, 30), time(17))


def put(by, session, *wanted):
    slots.set_slots(session_id=session.pk, slots=wanted, by=by, at=NOW)
    session.refresh_from_db()


def refused(by, session, *wanted):
    with pytest.raises(Refusal) as refusal:
        put(by, session, *wanted)
    return faults(refusal.value)


def test_the_days_of_the_session_follow_its_slots(by, session):
    put(by, session, SlotTimes(date(2027, 2, 3), time(9), time(17)), SlotTimes(date(2027, 2, 1), time(9), time(17)))
    assert (session.starts_on, session.ends_on) == (date(2027, 2, 1), date(2027, 2, 3))
    put(by, session)
    assert (session.starts_on, session.ends_on) == (date(2027, 2, 1), date(2027, 2, 3)), "without slots they stay"
    assert [entry.detail["slots"] for entry in Entry.objects.order_by("pk")] == [2, 0]


def test_a_slot_that_stays_keeps_its_row(by, session):
    put(by, session, MORNING, AFTERNOON)
    kept = session.slots.get(starts_at__hour=9).pk
    put(by, session, SlotTimes(DAY, time(9), time(12), "Salle B"))
    slot = session.slots.get()
    assert (slot.pk, slot.ends_at, slot.place) == (kept, datetime(2027, 1, 11, 11, tzinfo=UTC), "Salle B")
    put(by, session, SlotTimes(DAY, time(9), time(12), "Salle B"))
    assert Entry.objects.count() == 2, "the same again is no change"


def test_each_slot_at_fault_is_named_with_its_number(by, session):
    backwards = SlotTimes(DAY, time(12), time(9))
    jumped = SlotTimes(date(2027, 3, 28), time(2, 30), time(4))
    assert set(refused(by, session, MORNING, backwards, jumped)) == {"slots.1.end", "slots.2.start"}
    assert set(refused(by, session, SlotTimes(date(27, 1, 1), time(9), time(10)))) == {"slots.0.on"}
    assert set(refused(by, session, SlotTimes(DAY, time(9), time(10), "x" * 161))) == {"slots.0.place"}
    assert not Slot.objects.exists()


def test_slots_do_not_overlap_but_may_touch(by, session):
    late = SlotTimes(DAY, time(12), time(14))
    assert set(refused(by, session, late, MORNING)) == {"slots.0.start"}
    assert set(refused(by, session, MORNING, MORNING)) == {"slots.1.start"}
    put(by, session, MORNING, SlotTimes(DAY, time(12, 30), time(14)))


def test_a_session_has_only_so_many_slots(by, session):
    many = [SlotTimes(DAY + timedelta(n), time(9), time(10)) for n in range(MOST_SLOTS + 1)]
    assert set(refused(by, session, *many)) == {"slots"}


def half_days(by, session, first=DAY, last=DAY, halves=("morning",), **fields):
    return slots.add_half_days(
        session_id=session.pk, first=first, last=last, halves=halves, by=by, at=NOW, **fields
    )  # fmt: skip


def test_half_days_are_added_once(by, session):
    assert half_days(by, session, last=date(2027, 1, 17), halves=list(HalfDay)) == 10
    assert half_days(by, session, last=date(2027, 1, 17), halves=list(HalfDay)) == 0
    assert half_days(by, session, first=date(2027, 1, 16), last=date(2027, 1, 17), weekdays={5}) == 1
    session.refresh_from_db()
    assert (session.starts_on, session.ends_on, session.slots.count()) == (DAY, date(2027, 1, 16), 11)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"last": date(2027, 1, 10)}, "last"),
        ({"last": date(2028, 1, 12)}, "last"),
        ({"first": date(27, 1, 10)}, "first"),
        ({"halves": ()}, "halves"),
        ({"halves": ("night",)}, "halves"),
        ({"weekdays": ()}, "weekdays"),
        ({"weekdays": {7}}, "weekdays"),
        ({"weekdays": {5, 6}}, "weekdays"),
    ],
)
def test_half_days_badly_asked_for_are_refused(by, session, fields, field):
    with pytest.raises(Refusal) as refusal:
        half_days(by, session, **fields)
    assert field in faults(refusal.value)
    assert not Slot.objects.exists()


def test_half_days_do_not_overlap_what_is_planned(by, session):
    put(by, session, SlotTimes(DAY, time(10), time(11)))
    with pytest.raises(Refusal) as refusal:
        half_days(by, session)
    assert set(faults(refusal.value)) == {"halves"}


def test_a_session_shifts_with_all_it_has_across_summer_time(by, session):
    put(by, session, MORNING, AFTERNOON)
    Session.objects.update(closes_at=datetime(2027, 1, 10, 11, tzinfo=UTC))
    slots.shift_session(session_id=session.pk, starts_on=date(2027, 4, 1), by=by, at=NOW)
    session.refresh_from_db()
    april = date(2027, 4, 1)
    assert times_of(session) == [SlotTimes(april, time(9), time(12, 30)), SlotTimes(april, time(13, 30), time(17))]
    assert (session.starts_on, session.ends_on) == (april, april)
    assert session.closes_at == datetime(2027, 3, 31, 10, tzinfo=UTC)
    assert Entry.objects.order_by("pk").last().detail == {"id": session.pk, "days": 80}


def test_a_session_without_slots_shifts_too_and_staying_is_no_change(by, session):
    slots.shift_session(session_id=session.pk, starts_on=DAY, by=by, at=NOW)
    assert not Entry.objects.exists()
    Session.objects.update(ends_on=date(2027, 1, 13))
    slots.shift_session(session_id=session.pk, starts_on=date(2027, 1, 18), by=by, at=NOW)
    session.refresh_from_db()
    assert (session.starts_on, session.ends_on) == (date(2027, 1, 18), date(2027, 1, 20))
    with pytest.raises(Refusal):
        slots.shift_session(session_id=session.pk, starts_on=date(1, 1, 1), by=by, at=NOW)


def test_strangers_and_readers_are_kept_out(organisation, session, stranger):
    for actor, refusal in ((stranger, Missing), (actor_of(make_staff(organisation, "manager")), Forbidden)):
        with pytest.raises(refusal):
            put(actor, session, MORNING)
        with pytest.raises(refusal):
            half_days(actor, session)
        with pytest.raises(refusal):
            slots.shift_session(session_id=session.pk, starts_on=DAY, by=actor, at=NOW)


def test_a_sitting_may_be_followed_from_afar(by, session):
    put(by, session, replace(MORNING, remote_url="https://visio.exemple/a"))
    put(by, session, replace(MORNING, remote_url="https://visio.exemple/b"))
    assert [one.remote_url for one in times_of(session)] == ["https://visio.exemple/b"]
    assert set(refused(by, session, replace(MORNING, remote_url="javascript:x"))) == {"slots.0.remote_url"}
