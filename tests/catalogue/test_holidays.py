"""French public holidays, against dates everybody can look up."""

from datetime import date

import pytest

from comptoir.catalogue.holidays import easter, holiday, holidays, region_of


@pytest.mark.parametrize(
    "day",
    [
        date(1900, 4, 15), date(1954, 4, 18), date(1981, 4, 19), date(2000, 4, 23), date(2008, 3, 23),
        date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5), date(2027, 3, 28), date(2038, 4, 25),
        date(2049, 4, 18), date(2076, 4, 19), date(2285, 3, 22),
    ],
)  # fmt: skip
def test_easter_falls_where_the_calendars_say(day):
    assert easter(day.year) == day


def test_the_eleven_holidays_of_2027():
    assert sorted(holidays(2027)) == [
        date(2027, 1, 1), date(2027, 3, 29), date(2027, 5, 1), date(2027, 5, 6), date(2027, 5, 8), date(2027, 5, 17),
        date(2027, 7, 14), date(2027, 8, 15), date(2027, 11, 1), date(2027, 11, 11), date(2027, 12, 25),
    ]  # fmt: skip


def test_two_holidays_on_one_day_are_one():
    assert easter(2008) == date(2008, 3, 23)  # Ascension on 1 May
    assert holiday(date(2008, 5, 1)) == "fête du travail"
    assert len(holidays(2008)) == 10


def test_any_other_day_is_none():
    assert holiday(date(2027, 7, 14)) == "fête nationale"
    assert holiday(date(2027, 7, 15)) == ""


@pytest.mark.parametrize(
    ("zone", "address", "day", "name"),
    [
        ("America/Guadeloupe", "", date(2027, 5, 27), "abolition de l’esclavage"),
        ("Indian/Reunion", "", date(2027, 12, 20), "abolition de l’esclavage"),
        ("Europe/Paris", "", date(2027, 12, 20), ""),
        ("Europe/Paris", "2 rue du Fort, 67000 Strasbourg", date(2027, 12, 26), "Saint-Étienne"),
        ("Europe/Paris", "Metz", date(2027, 3, 26), "Vendredi saint"),
        ("Europe/Paris", "44000 Nantes", date(2027, 3, 26), ""),
        ("Indian/Reunion", "97400 Saint-Denis", date(2027, 7, 14), "fête nationale"),
        ("Europe/Brussels", "", date(2027, 7, 14), ""),
    ],
)
def test_each_place_keeps_its_own(zone, address, day, name):
    assert holiday(day, region_of(zone, address)) == name
