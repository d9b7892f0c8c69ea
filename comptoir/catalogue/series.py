"""The dates of a series, from a rule: pure, so that the preview and the making cannot differ."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from comptoir.catalogue.holidays import MAINLAND, holiday
from comptoir.catalogue.states import Step

LONGEST = 200  # dates in one series
FARTHEST = timedelta(days=5 * 366)  # a rule that finds few dates stops looking here


@dataclass(frozen=True)
class Rule:
    """From `first` (included), step by step, until a day (included) or `times` kept dates, whichever comes first.

    `weekdays`: 0 = Monday, for Step.WEEKDAYS only. `offsets`: the days of one run, counted from its first,
    so that a holiday in the middle of a three-day session is seen too.
    """

    first: date
    step: Step
    weekdays: frozenset[int] = frozenset()
    until: date | None = None
    times: int | None = None
    skip_holidays: bool = True
    offsets: frozenset[int] = frozenset({0})
    region: str = MAINLAND  # whose holidays count


@dataclass(frozen=True)
class Planned:
    """One date of the series; `holiday` names the public holiday that falls on it, if any; skipped if `is_skipped`."""

    on: date
    holiday: str = ""
    is_skipped: bool = False


def planned(rule: Rule) -> list[Planned]:
    """Every date the rule meets, kept or skipped, in order. At most LONGEST kept; empty when the rule has no end."""
    if rule.until is None and rule.times is None:
        return []
    wanted = min(rule.times or LONGEST, LONGEST)
    last = min(rule.until or rule.first + FARTHEST, rule.first + FARTHEST)
    found: list[Planned] = []
    for day in _steps(rule):
        if day > last or wanted == 0:
            break
        name = _holiday_within(day, rule.offsets, rule.region)
        skipped = bool(name) and rule.skip_holidays
        found.append(Planned(day, name, skipped))
        wanted -= not skipped
    return found


def _holiday_within(day: date, offsets: frozenset[int], region: str) -> str:
    names = (holiday(day + timedelta(days=offset), region) for offset in sorted(offsets))
    return next((name for name in names if name), "")


def _steps(rule: Rule) -> Iterator[date]:
    match rule.step:
        case Step.WEEK:
            yield from _every_day(rule.first, frozenset({rule.first.weekday()}))
        case Step.WEEKDAYS:
            yield from _every_day(rule.first, rule.weekdays)
        case _:
            yield from _every_month(rule.first, same_weekday=rule.step == Step.MONTH_WEEKDAY)


def _every_day(first: date, weekdays: frozenset[int]) -> Iterator[date]:
    for number in range(FARTHEST.days + 1):
        day = first + timedelta(days=number)
        if day.weekday() in weekdays:
            yield day


def _every_month(first: date, *, same_weekday: bool) -> Iterator[date]:
    rank = (first.day - 1) // 7  # 0 = the first such weekday of its month
    for number in range(FARTHEST.days // 28):
        year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
        yield (
            _nth_weekday(year, month + 1, first.weekday(), rank) if same_weekday else _same_day(year, month + 1, first)
        )


def _same_day(year: int, month: int, first: date) -> date:
    """The 31st becomes the last day of a shorter month."""
    return date(year, month, min(first.day, monthrange(year, month)[1]))


def _nth_weekday(year: int, month: int, weekday: int, rank: int) -> date:
    """A fifth Tuesday becomes the last one where there are four."""
    to_first = (weekday - date(year, month, 1).weekday()) % 7
    day = 1 + to_first + 7 * rank
    return date(year, month, day if day <= monthrange(year, month)[1] else day - 7)
