"""The time zones a session may be held in, and which day it is at home."""

from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

HOME = "Europe/Paris"
# French territories first, then the neighbours and the places French providers teach in; a form offers these.
ZONES = (
    HOME, "America/Guadeloupe", "America/Martinique", "America/Cayenne", "America/Miquelon", "Indian/Reunion",
    "Indian/Mayotte", "Pacific/Noumea", "Pacific/Tahiti", "Pacific/Wallis", "Europe/Brussels", "Europe/Luxembourg",
    "Europe/Zurich", "Europe/London", "Europe/Madrid", "Europe/Athens", "Africa/Casablanca", "Africa/Tunis",
    "Africa/Algiers", "Africa/Dakar", "Africa/Abidjan", "Asia/Beirut", "Asia/Dubai", "America/Toronto", "UTC",
)  # fmt: skip


@cache
def _known() -> frozenset[str]:
    return frozenset(available_timezones())


def is_zone(name: str) -> bool:
    """Whether this names a time zone."""
    return name in _known()


def home_day(at: datetime) -> date:
    """The day at home."""
    return at.astimezone(ZoneInfo(HOME)).date()
