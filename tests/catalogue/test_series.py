"""The dates a rule gives."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from comptoir.catalogue.holidays import holiday
from comptoir.catalogue.series import LONGEST, Rule, planned
from comptoir.catalogue.states import Step

MONDAY = date(2027, 1, 11)


def days(*args, **kwargs):
    return [one.on for one in planned(Rule(*args, **kwargs)) if not one.is_skipped]


def test_every_week_n_times():
    assert days(MONDAY, Step.WEEK, times=3) == [MONDAY, date(2027, 1, 18), date(2027, 1, 25)]


def test_every_week_until_a_day_included():
    assert days(MONDAY, Step.WEEK, until=date(2027, 1, 25)) == [MONDAY, date(2027, 1, 18), date(2027, 1, 25)]
    assert days(MONDAY, Step.WEEK, until=date(2027, 1, 24)) == [MONDAY, date(2027, 1, 18)]


def test_whichever_end_comes_first():
    assert len(days(MONDAY, Step.WEEK, until=date(2027, 12, 31), times=2)) == 2
    assert len(days(MONDAY, Step.WEEK, until=date(2027, 1, 18), times=50)) == 2


def test_given_weekdays():
    tuesday_and_thursday = frozenset({1, 3})
    assert days(MONDAY, Step.WEEKDAYS, weekdays=tuesday_and_thursday, times=3) == [
        date(2027, 1, 12), date(2027, 1, 14), date(2027, 1, 19),
    ]  # fmt: skip


def test_the_31st_becomes_the_last_day_of_a_shorter_month():
    assert days(date(2027, 1, 31), Step.MONTH_DAY, times=4, skip_holidays=False) == [
        date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30),
    ]  # fmt: skip


def test_the_second_tuesday_of_each_month():
    assert days(date(2026, 11, 10), Step.MONTH_WEEKDAY, times=4) == [
        date(2026, 11, 10), date(2026, 12, 8), date(2027, 1, 12), date(2027, 2, 9),
    ]  # fmt: skip


def test_a_fifth_friday_becomes_the_last():
    assert days(date(2027, 1, 29), Step.MONTH_WEEKDAY, times=3) == [
        date(2027, 1, 29), date(2027, 2, 26), date(2027, 3, 26),
    ]  # fmt: skip


def test_a_holiday_is_named_skipped_and_not_counted():
    found = planned(Rule(date(2027, 4, 29), Step.WEEK, times=2))
    assert [(one.on.day, one.holiday, one.is_skipped) for one in found] == [
        (29, "", False), (6, "Ascension", True), (13, "", False),
    ]  # fmt: skip


def test_a_holiday_is_named_even_when_kept():
    found = planned(Rule(date(2027, 5, 6), Step.WEEK, times=1, skip_holidays=False))
    assert [(one.holiday, one.is_skipped) for one in found] == [("Ascension", False)]


def test_a_holiday_in_the_middle_of_a_run_counts_only_on_the_days_it_meets():
    wednesday = date(2027, 5, 5)
    three_days = frozenset({0, 1, 2})  # Thursday 6 is Ascension
    assert days(wednesday, Step.WEEK, times=1, offsets=three_days) == [date(2027, 5, 12)]
    assert days(wednesday, Step.WEEK, times=1, offsets=frozenset({0, 2})) == [wednesday]


def test_a_rule_without_an_end_gives_nothing():
    assert days(MONDAY, Step.WEEK) == []


def test_a_rule_that_meets_no_date_gives_nothing():
    assert days(MONDAY, Step.WEEKDAYS, weekdays=frozenset(), times=3) == []
    assert days(MONDAY, Step.WEEK, until=MONDAY - timedelta(days=1)) == []


def test_a_long_series_stops():
    every_day = frozenset(range(7))
    assert len(days(MONDAY, Step.WEEKDAYS, weekdays=every_day, until=date(2100, 1, 1))) == LONGEST


@given(
    first=st.dates(date(2000, 1, 1), date(2090, 1, 1)),
    step=st.sampled_from(Step),
    weekdays=st.frozensets(st.integers(0, 6)),
    times=st.none() | st.integers(1, 60),
    lasts=st.none() | st.integers(0, 800),
    offsets=st.frozensets(st.integers(0, 5), min_size=1),
)
def test_any_rule_keeps_its_promises(first, step, weekdays, times, lasts, offsets):
    until = None if lasts is None else first + timedelta(days=lasts)
    found = days(first, step, weekdays=weekdays, times=times, until=until, offsets=offsets)
    assert found == sorted(set(found))
    assert len(found) <= (times or LONGEST)
    assert all(day >= first and (until is None or day <= until) for day in found)
    assert not any(holiday(day + timedelta(days=offset)) for day in found for offset in offsets)
    if step == Step.WEEKDAYS:
        assert {day.weekday() for day in found} <= weekdays
    if step in (Step.WEEK, Step.MONTH_WEEKDAY):
        assert {day.weekday() for day in found} <= {first.weekday()}
