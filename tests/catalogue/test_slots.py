"""The schedule: by the hour, by half-days, moved as a whole; the session's days follow."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from comptoir.base.errors import Forbidden, Missing, Refusal
from comptoir.catalogue import queries
from comptoir.catalogue.commands import slots
from comptoir.catalogue.hours import SlotTimes
from comptoir.catalogue.models import Session, Slot
from comptoir.catalogue.planning import MOST_SLOTS, times_of
from comptoir.catalogue.series import Rule
from comptoir.catalogue.states import HalfDay, Step
from comptoir.catalogue.timetable import Timetable
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


def timetable(
    first=DAY, until=DAY, halves=("morning",), step=Step.WEEKDAYS, weekdays=range(5), times=None, skip=True, **hours
):
    rule = Rule(first, step, frozenset(weekdays), until, times, skip)
    return Timetable(rule, frozenset(halves), **hours)


def plan(by, session, without=(), **fields):
    return slots.add_slots(session_id=session.pk, timetable=timetable(**fields), without=without, by=by, at=NOW)


def test_sittings_of_a_rule_are_planned_once(by, session):
    assert len(plan(by, session, until=date(2027, 1, 17), halves=list(HalfDay)).done) == 10
    assert plan(by, session, until=date(2027, 1, 17), halves=list(HalfDay)).done == []
    assert len(plan(by, session, first=date(2027, 1, 16), until=date(2027, 1, 17), weekdays={5}).done) == 1
    session.refresh_from_db()
    assert (session.starts_on, session.ends_on, session.slots.count()) == (DAY, date(2027, 1, 16), 11)
    assert Entry.objects.filter(what="session.planned").count() == 2


def test_every_week_at_hours_of_its_own_holidays_skipped(by, session):
    """1 January 2027 is a Friday, and 26 March is no holiday but in Alsace-Moselle (Good Friday)."""
    friday, hours = date(2026, 12, 18), {"start": time(18), "end": time(20, 30)}
    plan(by, session, first=friday, until=None, times=4, step=Step.WEEK, halves=(), **hours, place="Salle C",
         remote_url="https://visio.exemple/c")  # fmt: skip
    assert [one.on.isoformat() for one in times_of(session)] == [
        "2026-12-18", "2027-01-08", "2027-01-15", "2027-01-22",
    ]  # fmt: skip
    assert {(one.start, one.end, one.place, one.remote_url) for one in times_of(session)} == {
        (time(18), time(20, 30), "Salle C", "https://visio.exemple/c")
    }
    kept = plan(by, session, first=friday, until=None, times=3, step=Step.WEEK, halves=("morning",), skip=False)
    assert [one.on.isoformat() for one in kept.done] == ["2026-12-18", "2026-12-25", "2027-01-01"]


def test_the_preview_says_what_is_left_out_and_days_unticked_are(by, session):
    put(by, session, SlotTimes(DAY, time(10), time(11)), SlotTimes(date(2027, 1, 12), time(9), time(12, 30)))
    asked = timetable(first=date(2027, 1, 1), until=date(2027, 1, 13), weekdays={0, 1, 2, 4})
    dates = queries.slots_preview(session_id=session.pk, timetable=asked, seen_by=by)
    told = {one.on.day: (one.is_made, len(one.sittings), one.is_holiday_skipped, one.is_met) for one in dates}
    assert told == {
        1: (False, 1, True, False), 4: (True, 1, False, False), 5: (True, 1, False, False), 6: (True, 1, False, False),
        8: (True, 1, False, False), 11: (False, 1, False, True), 12: (False, 0, False, False),
        13: (True, 1, False, False),
    }  # fmt: skip
    outcome = slots.add_slots(
        session_id=session.pk, timetable=asked, without={date(2027, 1, 5)}, by=by, at=NOW
    )  # fmt: skip
    assert [one.on.day for one in outcome.done] == [4, 6, 8, 13]
    assert [(one.name, one.refusal.sentence) for one in outcome.skipped] == [
        ("2027-01-11", "Une autre séance est prévue le 11 janvier 2027 à ces heures.")
    ]


def test_a_place_abroad_keeps_no_french_holiday(by, session):
    Session.objects.update(time_zone="Europe/Brussels")
    made = plan(by, session, first=date(2027, 7, 14), until=date(2027, 7, 14))
    assert [one.on.day for one in made.done] == [14]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"until": date(2027, 1, 10)}, "until"),
        ({"until": None}, "until"),
        ({"until": None, "times": 201}, "times"),
        ({"first": date(27, 1, 10)}, "first"),
        ({"halves": ()}, "halves"),
        ({"halves": ("night",)}, "halves"),
        ({"weekdays": ()}, "weekdays"),
        ({"weekdays": {5, 6}}, "first"),
        ({"start": time(9)}, "end"),
        ({"end": time(9)}, "start"),
        ({"start": time(19), "end": time(18)}, "end"),
        ({"start": time(12), "end": time(14)}, "start"),
        ({"place": "x" * 161}, "place"),
        ({"remote_url": "javascript:alert(1)"}, "remote_url"),
    ],
)
def test_a_rule_badly_asked_for_is_refused(by, session, fields, field):
    with pytest.raises(Refusal) as refusal:
        plan(by, session, **fields)
    assert field in faults(refusal.value)
    assert not Slot.objects.exists()


def test_more_sittings_than_a_session_has_are_refused_and_none_kept(by, session):
    plan(by, session, first=date(2027, 1, 4), until=None, times=190, halves=list(HalfDay))
    with pytest.raises(Refusal) as refusal:
        plan(by, session, first=date(2028, 6, 1), until=None, times=11, halves=list(HalfDay))
    assert set(faults(refusal.value)) == {"slots"}
    assert session.slots.count() == 380


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
            plan(actor, session)
        with pytest.raises(refusal):
            slots.shift_session(session_id=session.pk, starts_on=DAY, by=actor, at=NOW)


def test_a_sitting_may_be_followed_from_afar(by, session):
    put(by, session, replace(MORNING, remote_url="https://visio.exemple/a"))
    put(by, session, replace(MORNING, remote_url="https://visio.exemple/b"))
    assert [one.remote_url for one in times_of(session)] == ["https://visio.exemple/b"]
    assert set(refused(by, session, replace(MORNING, remote_url="javascript:x"))) == {"slots.0.remote_url"}
