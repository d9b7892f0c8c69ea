"""When the dues of a year are asked for by themselves: pure dates, where the organisation lives.

Nothing is ever sent the day a delay is decided, nor by itself once two weeks have gone by: a setting turned on in
mid-year waits for the next year's turn, and machines that slept longer leave it to the desk.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from comptoir.members.models import MemberRules
from comptoir.members.states import ReminderKind

MOST_BEFORE, MOST_AFTER = 90, 120  # days
USUAL = 30  # days before the year ends from which the desk asks for the next one, where nothing is decided
HOUR = 6  # o'clock: in the mailbox before the day begins
LATE = timedelta(days=14)
QUIET = timedelta(days=7)  # since the account was let in, or its member last reminded: the rounds leave it alone


@dataclass(frozen=True)
class Wave:
    """One reminder of one year: whose dues are missing for `year` is asked from `day` on, for two weeks."""

    kind: ReminderKind
    year: int
    day: date


def waves(rules: MemberRules, *, calendar_year: int) -> list[Wave]:
    """The reminders decided whose day is in that year, in order."""
    found = []
    if rules.remind_after_days is not None:
        day = date(calendar_year, 1, 1) + timedelta(days=rules.remind_after_days)
        found.append(Wave(ReminderKind.AFTER, calendar_year, day))
    if rules.remind_before_days is not None:
        day = date(calendar_year, 12, 31) - timedelta(days=rules.remind_before_days)
        found.append(Wave(ReminderKind.BEFORE, calendar_year + 1, day))
    return found


def due(rules: MemberRules, *, at: datetime) -> list[Wave]:
    """Those to send now: their hour has come, two weeks have not passed, and the calendar year is the same."""
    here = at.astimezone(ZoneInfo(rules.organisation.time_zone))
    return [
        one
        for one in waves(rules, calendar_year=here.year)
        if _is_decided(one, rules) and (one.day < here.date() < one.day + LATE or _begins(one, here))
    ]


def coming(rules: MemberRules, *, today: date) -> list[Wave]:
    """The next of each reminder decided, soonest first: what the settings announce."""
    found: dict[ReminderKind, Wave] = {}
    for year in (today.year, today.year + 1):
        for one in waves(rules, calendar_year=year):
            if one.day >= today and _is_decided(one, rules):
                found.setdefault(one.kind, one)
    return sorted(found.values(), key=lambda one: one.day)


def years(rules: MemberRules, *, today: date) -> list[int]:
    """The years whose dues the desk may ask for: this one, and the next once its time has come."""
    before = USUAL if rules.remind_before_days is None else rules.remind_before_days
    is_time = today >= date(today.year, 12, 31) - timedelta(days=before)
    return [today.year, today.year + 1] if is_time else [today.year]


def _is_decided(wave: Wave, rules: MemberRules) -> bool:
    return rules.reminders_set_on is None or wave.day > rules.reminders_set_on


def _begins(wave: Wave, here: datetime) -> bool:
    return wave.day == here.date() and here.hour >= HOUR
