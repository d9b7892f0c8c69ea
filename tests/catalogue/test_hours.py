"""Hours on the wall, across summer time and around the earth."""

from datetime import UTC, date, datetime, time

import pytest

from comptoir.catalogue import hours
from comptoir.catalogue.hours import SlotTimes
from comptoir.catalogue.states import HalfDay

PARIS = "Europe/Paris"


def test_nine_o_clock_is_another_moment_in_summer_and_elsewhere():
    assert hours.moment(date(2027, 1, 11), time(9), PARIS) == datetime(2027, 1, 11, 8, tzinfo=UTC)
    assert hours.moment(date(2027, 7, 12), time(9), PARIS) == datetime(2027, 7, 12, 7, tzinfo=UTC)
    assert hours.moment(date(2027, 1, 11), time(9), "Pacific/Noumea") == datetime(2027, 1, 10, 22, tzinfo=UTC)


def test_an_hour_the_clocks_jump_over_is_none_and_a_doubled_one_is_the_first():
    assert hours.moment(date(2027, 3, 28), time(2, 30), PARIS) is None
    assert hours.moment(date(2027, 10, 31), time(2, 30), PARIS) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_half_days_of_a_week_leave_the_week_end():
    friday, monday = date(2027, 1, 15), date(2027, 1, 18)
    assert hours.half_days(friday, monday, set(HalfDay), hours.WORKING_DAYS) == [
        SlotTimes(friday, time(9), time(12, 30)), SlotTimes(friday, time(13, 30), time(17)),
        SlotTimes(monday, time(9), time(12, 30)), SlotTimes(monday, time(13, 30), time(17)),
    ]  # fmt: skip
    assert hours.half_days(friday, monday, {HalfDay.AFTERNOON}, {5}) == [
        SlotTimes(date(2027, 1, 16), time(13, 30), time(17))
    ]


@pytest.mark.parametrize("days", [-200, -1, 0, 30, 100, 300])
def test_shifting_keeps_the_hour_on_the_wall(days):
    start = hours.moment(date(2027, 3, 1), time(9), PARIS)
    moved = hours.shifted(start, days, PARIS).astimezone(hours.ZoneInfo(PARIS))
    assert (moved.hour, moved.minute) == (9, 0)
    assert (moved.date() - date(2027, 3, 1)).days == days


def test_the_days_of_a_session_are_those_lived_where_it_is_held():
    spans = [(datetime(2027, 1, 10, 22, tzinfo=UTC), datetime(2027, 1, 11, 1, tzinfo=UTC))]
    assert hours.first_and_last_day(spans, "Pacific/Noumea") == (date(2027, 1, 11), date(2027, 1, 11))
    assert hours.first_and_last_day(spans, PARIS) == (date(2027, 1, 10), date(2027, 1, 11))
    assert hours.first_and_last_day([], PARIS) is None
