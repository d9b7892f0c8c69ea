"""French public holidays, computed (Code du travail, art. L3133-1: the eleven of the whole country)."""

from datetime import date, timedelta
from functools import cache

from django.utils.functional import Promise as StrPromise
from django.utils.translation import gettext_lazy as _

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
def holidays(year: int) -> dict[date, StrPromise]:
    """The year's holidays, with their names, in the language active when they are read."""
    days: dict[date, StrPromise] = {date(year, month, day): name for (month, day), name in FIXED.items()}
    first = easter(year)
    moving = {first + timedelta(days=after): name for after, name in AFTER_EASTER.items()}
    return moving | days  # 1 and 8 May keep their own name when Ascension falls on them


def holiday(day: date) -> str:
    """The name of the holiday that day is, or ''."""
    return str(holidays(day.year).get(day, ""))
