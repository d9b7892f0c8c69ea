"""The time zones a session may be held in, and which day it is at home."""

from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import gettext_lazy as _

HOME = "Europe/Paris"
# French territories first, then the neighbours and the places French providers teach in; a form offers these.
ZONES = {
    HOME: _("Paris"),
    "America/Guadeloupe": _("Guadeloupe"),
    "America/Martinique": _("Martinique"),
    "America/Cayenne": _("Guyane"),
    "America/Miquelon": _("Saint-Pierre-et-Miquelon"),
    "Indian/Reunion": _("La Réunion"),
    "Indian/Mayotte": _("Mayotte"),
    "Pacific/Noumea": _("Nouvelle-Calédonie"),
    "Pacific/Tahiti": _("Polynésie française"),
    "Pacific/Wallis": _("Wallis-et-Futuna"),
    "Europe/Brussels": _("Bruxelles"),
    "Europe/Luxembourg": _("Luxembourg"),
    "Europe/Zurich": _("Zurich"),
    "Europe/London": _("Londres"),
    "Europe/Madrid": _("Madrid"),
    "Europe/Athens": _("Athènes"),
    "Africa/Casablanca": _("Casablanca"),
    "Africa/Algiers": _("Alger"),
    "Africa/Tunis": _("Tunis"),
    "Africa/Dakar": _("Dakar"),
    "Africa/Abidjan": _("Abidjan"),
    "Asia/Beirut": _("Beyrouth"),
    "Asia/Dubai": _("Dubaï"),
    "America/Toronto": _("Montréal"),
    "UTC": _("Temps universel"),
}


@cache
def _known() -> frozenset[str]:
    return frozenset(available_timezones())


def is_zone(name: str) -> bool:
    """Whether this names a time zone."""
    return name in _known()


def home_day(at: datetime) -> date:
    """The day at home."""
    return at.astimezone(ZoneInfo(HOME)).date()


def label(name: str) -> str:
    """What people call the zone: « La Réunion »; its own name when we have no other."""
    return str(ZONES.get(name, name.rpartition("/")[2].replace("_", " ")))
