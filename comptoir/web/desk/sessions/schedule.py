"""A session's slots as people read them: by day, hours on the wall of the place."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Sitting:
    """One slot, in the session's zone."""

    start: datetime
    end: datetime
    place: str
    remote_url: str = ""

    @property
    def hours(self) -> tuple[Any, Any]:
        """On the wall: without a zone, so that nothing moves them again."""
        return self.start.time(), self.end.time()


def sittings(session: Any) -> list[Sitting]:
    """In order."""
    zone = ZoneInfo(session.time_zone)
    return [
        Sitting(slot.starts_at.astimezone(zone), slot.ends_at.astimezone(zone), slot.place, slot.remote_url)
        for slot in session.slots.all()
    ]


def days_of(session: Any) -> list[tuple[date, list[Sitting]]]:
    """By day."""
    return [(day, list(group)) for day, group in groupby(sittings(session), key=lambda one: one.start.date())]
