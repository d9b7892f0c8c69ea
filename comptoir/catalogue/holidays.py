"""French public holidays of a place, computed: the eleven of the whole country, and those some places add."""

import re
from datetime import date, timedelta
from functools import cache

from django.utils.functional import Promise as StrPromise
from django.utils.translation import gettext_lazy as _

MAINLAND, ALSACE_MOSELLE, ELSEWHERE = "mainland", "alsace-moselle", ""  # ELSEWHERE: no French holiday is kept
# Code du travail, art. L3133-1.
FIXED = {
    (1, 1): _("jour de l’an"),
    (5, 1): _("fête du travail"),
    (5, 8): _("victoire de 1945"),
    (7, 14): _("fête nationale"),
    (8, 15): _("Assomption"),
    (11, 1): _("Toussaint"),
    (11, 11): _("armistice de 1918"),
    (12, 25): _("Noël"),
}
AFTER_EASTER = {1: _("lundi de Pâques"), 39: _("Ascension"), 50: _("lundi de Pentecôte")}


ABOLITION = _("abolition de l’esclavage")
# Art. L3422-2: the day each overseas collectivity commemorates.
OVERSEAS = {
    "America/Guadeloupe": (5, 27), "America/Martinique": (5, 22), "America/Cayenne": (6, 10),
    "Indian/Reunion": (12, 20), "Indian/Mayotte": (4, 27), "America/St_Barthelemy": (10, 9),
    "America/Marigot": (5, 28),
}  # fmt: skip
FRENCH = {"Europe/Paris", "America/Miquelon", "Pacific/Noumea", "Pacific/Tahiti", "Pacific/Wallis"}
_POSTCODE = re.compile(r"\b(?:57|67|68)\d{3}\b")
_LARGE_TOWNS = re.compile(r"\b(?:strasbourg|mulhouse|colmar|metz|thionville|haguenau|sarreguemines)\b", re.IGNORECASE)


def region_of(time_zone: str, address: str) -> str:
    """Whose holidays a place keeps: its overseas collectivity's, Alsace-Moselle's, the mainland's, or none abroad.

    Alsace-Moselle is known by a postcode in the address (57, 67, 68) or the name of a large town.
    """
    if time_zone in OVERSEAS:
        return time_zone
    if time_zone not in FRENCH:
        return ELSEWHERE
    is_east = _POSTCODE.search(address) or _LARGE_TOWNS.search(address)
    return ALSACE_MOSELLE if is_east and time_zone == "Europe/Paris" else MAINLAND


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (Meeus, « Astronomical Algorithms », ch. 8)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leap, century_rest = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    quarter, quarter_rest = divmod(of_century, 4)
    sunday = (32 + 2 * century_rest + 2 * quarter - moon - quarter_rest) % 7
    shift = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


@cache
def holidays(year: int, region: str = MAINLAND) -> dict[date, StrPromise]:
    """The year's holidays there, with their names, in the language active when they are read."""
    if region == ELSEWHERE:
        return {}
    days: dict[date, StrPromise] = {date(year, month, day): name for (month, day), name in FIXED.items()}
    first = easter(year)
    moving = {first + timedelta(days=after): name for after, name in AFTER_EASTER.items()}
    return _added(year, region, first) | moving | days  # 1 and 8 May keep their own name when Ascension falls on them


def holiday(day: date, region: str = MAINLAND) -> str:
    """The name of the holiday that day is there, or ''."""
    return str(holidays(day.year, region).get(day, ""))


def _added(year: int, region: str, first: date) -> dict[date, StrPromise]:
    """What the place adds: overseas, one day; in Alsace-Moselle two (art. L3134-13)."""
    if region in OVERSEAS:
        return {date(year, *OVERSEAS[region]): ABOLITION}
    if region == ALSACE_MOSELLE:
        return {first - timedelta(days=2): _("Vendredi saint"), date(year, 12, 26): _("Saint-Étienne")}
    return {}
