"""Which sitting is shown, who is on it, how many are there: within the perimeter, at a constant cost."""

from datetime import timedelta

import pytest

from comptoir.attendance import commands, queries
from comptoir.attendance.sittings import called, moment_of, nearest, planned
from comptoir.base.errors import Missing
from comptoir.bookings.commands import moving
from comptoir.bookings.models import Booking
from comptoir.catalogue.commands import slots
from comptoir.catalogue.models import Session, Slot
from tests.attendance.conftest import AFTERNOON, MORNING, TOMORROW
from tests.factories import NOW, actor_of, make_organisation, make_registrations, make_session, make_staff

NIGHT = NOW + timedelta(hours=10)


def mark(row, hall, starts_at=MORNING):
    commands.mark_present(registration_id=row.pk, starts_at=starts_at, by=hall.by, at=NOW)


def names(people):
    return [(str(one.row), one.mark is not None, one.refusal is not None) for one in people]


@pytest.mark.parametrize(
    ("at", "starts_at"),
    [
        (NOW - timedelta(days=40), MORNING),
        (NOW - timedelta(hours=6), MORNING),
        (NOW, MORNING),
        (NOW + timedelta(hours=2, minutes=30), AFTERNOON),  # at lunch, the next
        (NIGHT, AFTERNOON),  # that evening, the last of the day
        (NOW + timedelta(days=1), TOMORROW),
        (NOW + timedelta(days=30), TOMORROW),
    ],
)
def test_the_sitting_of_now_else_the_nearest(at, starts_at, hall):
    assert nearest(planned(hall.session), at=at).starts_at == starts_at


def test_the_day_is_that_of_the_place(hall):
    """At 23 h in Paris, it is the next day already in Nouméa."""
    day = NOW.date()
    far = make_session(hall.activity, starts_on=day, ends_on=day + timedelta(days=1), time_zone="Pacific/Noumea")
    late = NOW.replace(hour=22)
    assert [one.days_from(late) for one in planned(far)] == [-1, 0]
    assert nearest(planned(far), at=late).on == day + timedelta(days=1)


def test_a_session_without_slots_has_a_sitting_a_day(hall):
    day = NOW.date()
    found = planned(make_session(hall.activity, starts_on=day, ends_on=day + timedelta(days=2)))
    assert [one.on for one in found] == [day, day + timedelta(days=1), day + timedelta(days=2)]
    assert all(one.is_whole_day and one.is_planned for one in found)
    assert nearest(found, at=NIGHT).on == day


def test_a_key_names_one_sitting(hall):
    found = planned(hall.session)
    assert [called(one.key, found) for one in found] == found
    assert called("hier", found) is None
    assert (moment_of(found[0].key), moment_of("hier")) == (MORNING, None)


def test_how_many_are_there_of_how_many(hall):
    rows = make_registrations(hall.session, 3)
    make_registrations(hall.session, state="cancelled")
    make_registrations(hall.session, state="waiting")
    mark(rows[0], hall)
    mark(rows[1], hall)
    mark(rows[0], hall, AFTERNOON)
    moving.withdraw_registration(booking_id=rows[0].booking_id, registration_id=rows[0].pk, by=hall.by, at=NOW)
    found = {one.starts_at: (one.here, one.expected) for one in queries.sittings(hall.session, seen_by=hall.by)}
    # Whoever was there and has no seat any more was there all the same.
    assert (found[MORNING], found[AFTERNOON], found[TOMORROW]) == ((2, 3), (1, 3), (0, 2))


def test_nothing_is_counted_outside_the_perimeter(hall):
    (row,) = make_registrations(hall.session)
    mark(row, hall)
    for who in (hall.stranger, make_staff(make_organisation("rhone"))):
        found = queries.sittings(hall.session, seen_by=actor_of(who))
        assert {(one.here, one.expected) for one in found} == {(0, 0)}
        assert not queries.expected(hall.session, MORNING, seen_by=actor_of(who)).exists()
        with pytest.raises(Missing):
            queries.arrival(row.booking.reference, seen_by=actor_of(who), at=NOW)


def test_what_is_planned_no_more_is_still_read(hall):
    (row,) = make_registrations(hall.session)
    mark(row, hall)
    slots.shift_session(session_id=hall.session.pk, starts_on=NOW.date() + timedelta(days=7), by=hall.by, at=NOW)
    session = Session.objects.get(pk=hall.session.pk)
    first, *rest = queries.sittings(session, seen_by=hall.by)
    assert (first.starts_at, first.is_planned, first.end, first.here) == (MORNING, False, None, 1)
    assert len(rest) == 4
    assert nearest([first, *rest], at=NOW) == rest[0]
    assert nearest([first], at=NOW) == first


def test_the_list_is_of_those_expected_and_the_search_finds_all(hall):
    make_registrations(hall.session, people=[("Hugo", "Zola", ""), ("Élise", "Abadie", "")])
    make_registrations(hall.session, people=[("Nadia", "Patiente", "")], state="waiting")
    (gone,) = make_registrations(hall.session, people=[("Karim", "Parti", "")])
    make_registrations(hall.other, people=[("Ailleurs", "Zola", "")])
    mark(gone, hall)
    moving.cancel_booking(booking_id=gone.booking_id, by=hall.by, at=NOW)

    def listed(text=""):
        rows = queries.expected(hall.session, MORNING, seen_by=hall.by, text=text)
        return names(queries.people(rows, MORNING))

    assert listed() == [("Élise Abadie", False, False), ("Karim Parti", True, True), ("Hugo Zola", False, False)]
    assert listed("patiente") == [("Nadia Patiente", False, True)]
    assert listed("zola") == [("Hugo Zola", False, False)]
    assert listed(gone.booking.reference) == [("Karim Parti", True, True)]


def add_to(booking, session, name):
    (row,) = make_registrations(session, people=[(name, "Roy", "")])
    row.booking, row.position = booking, 10 + booking.registrations.count()
    row.save(update_fields=["booking", "position"])
    return row


def test_a_booking_at_the_door_shows_today_and_says_the_rest(hall):
    rows = make_registrations(hall.session, people=[("Hugo", "Marchand", ""), ("Anne", "Vial", "")])
    booking = rows[0].booking
    later = make_session(hall.activity, managers=[hall.manager])
    add_to(booking, later, "Plus-Tard")
    add_to(booking, hall.other, "Ailleurs")
    mark(rows[1], hall)
    found = queries.arrival(booking.reference, seen_by=actor_of(hall.manager), at=NOW)
    (group,) = found.groups
    assert (found.is_today, found.hidden, group.unmarked) == (True, 1, 1)
    assert names(group.people) == [("Hugo Marchand", False, False), ("Anne Vial", True, False)]
    assert [session.pk for session, _sitting in found.others] == [later.pk]
    whole = queries.arrival(booking.reference, seen_by=hall.by, at=NOW)
    assert {one.session.pk for one in whole.groups} == {hall.session.pk, hall.other.pk}
    assert whole.hidden == 0


def test_a_booking_of_another_day_shows_the_nearest_and_why_not(hall):
    rows = make_registrations(hall.session, 1)
    early = queries.arrival(rows[0].booking.reference, seen_by=hall.by, at=NOW - timedelta(days=3))
    assert (early.is_today, early.groups[0].sitting.starts_at) == (False, MORNING)
    assert (early.groups[0].refusal.code, early.groups[0].unmarked) == ("not-that-day", 0)
    late = queries.arrival(rows[0].booking.reference, seen_by=hall.by, at=NOW + timedelta(days=3))
    assert (late.is_today, late.groups[0].refusal, late.groups[0].unmarked) == (False, None, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_any_number(count, hall, django_assert_num_queries):
    rows = make_registrations(hall.session, count)
    for number in range(count):
        add_to(rows[0].booking, make_session(hall.activity), f"Nº {number}")
        add_to(rows[0].booking, make_session(hall.activity, starts_on=NOW.date(), ends_on=NOW.date()), f"Nº {number}")
    for row in rows:
        mark(row, hall)
    Slot.objects.filter(session=hall.session, starts_at__gt=AFTERNOON).delete() if count == 1 else None
    booking = Booking.objects.get(pk=rows[0].booking_id)
    with django_assert_num_queries(3):
        queries.sittings(hall.session, seen_by=hall.by)
    with django_assert_num_queries(2):
        queries.people(queries.expected(hall.session, MORNING, seen_by=hall.by), MORNING)
    with django_assert_num_queries(6):
        queries.arrival(booking.reference, seen_by=hall.by, at=NOW)
