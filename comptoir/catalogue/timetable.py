"""The sittings of a session from a rule: on which days, at which hours. Pure, so that preview and making are one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from comptoir.catalogue import series
from comptoir.catalogue.hours import USUAL, SlotTimes
from comptoir.catalogue.series import Rule
from comptoir.catalogue.states import HalfDay


@dataclass(frozen=True)
class Timetable:
    """On each date of the rule: the usual half-days ticked, and hours of its own when `start` and `end` are given."""

    rule: Rule
    halves: frozenset[str] = frozenset()
    start: time | None = None
    end: time | None = None
    place: str = ""
    remote_url: str = ""

    def on(self, day: date) -> list[SlotTimes]:
        """The sittings of that day, in order."""
        spans = [USUAL[half] for half in HalfDay if half in self.halves]
        if self.start and self.end:
            spans.append((self.start, self.end))
        return [SlotTimes(day, start, end, self.place, self.remote_url) for start, end in sorted(spans)]


@dataclass(frozen=True)
class SlotDate:
    """One date of the rule: the sittings that are new there, and why they are left out, if they are."""

    on: date
    sittings: tuple[SlotTimes, ...]  # empty when all of them are planned already
    holiday: str = ""
    is_holiday_skipped: bool = False
    is_met: bool = False  # a sitting planned at other hours is in the way

    @property
    def is_made(self) -> bool:
        """Whether something would be planned that day."""
        return bool(self.sittings) and not (self.is_holiday_skipped or self.is_met)


def dates_of(timetable: Timetable, known: Sequence[SlotTimes]) -> list[SlotDate]:
    """Every date the rule meets, in order, beside what is planned already."""
    taken = {(one.on, one.start) for one in known}
    by_day: dict[date, list[SlotTimes]] = {}
    for one in known:
        by_day.setdefault(one.on, []).append(one)
    found = []
    for day in series.planned(timetable.rule):
        new = tuple(one for one in timetable.on(day.on) if (one.on, one.start) not in taken)
        is_met = any(_overlap(one, other) for one in new for other in by_day.get(day.on, []))
        found.append(SlotDate(day.on, new, str(day.holiday), day.is_skipped, is_met))
    return found


def _overlap(one: SlotTimes, other: SlotTimes) -> bool:
    return one.start < other.end and other.start < one.end
