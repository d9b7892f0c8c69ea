"""Amounts, days, hours and numbers as people say them, in French and in English."""

from datetime import UTC, date, datetime, time

import pytest
from django.utils import timezone, translation

from comptoir.base import words


@pytest.fixture(params=["fr"])
def french(request):
    with translation.override(request.param):
        yield


@pytest.fixture
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("cents", "shown"),
    [
        (125000, "1\u202f250,00\u00a0€"),
        (0, "0,00\u00a0€"),
        (5, "0,05\u00a0€"),
        (-1999, "\u221219,99\u00a0€"),
        (123456789, "1\u202f234\u202f567,89\u00a0€"),
    ],
)
def test_money(french, cents, shown):
    assert words.money(cents) == shown


@pytest.mark.parametrize(("points", "shown"), [(2000, "20"), (550, "5,5"), (210, "2,1"), (0, "0"), (1025, "10,25")])
def test_vat(french, points, shown):
    assert words.vat(points) == f"{shown}\u00a0%"


def test_days(french):
    assert words.day(date(2026, 12, 7)) == "lundi 7 décembre 2026"
    assert words.day(date(2027, 1, 1)) == "vendredi 1er janvier 2027"
    assert words.day_short(date(2026, 12, 7)) == "7 déc. 2026"


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (date(2026, 12, 7), date(2026, 12, 7), "le 7 décembre 2026"),
        (date(2026, 12, 7), date(2026, 12, 8), "les 7 et 8 décembre 2026"),
        (date(2026, 11, 30), date(2026, 12, 1), "les 30 novembre et 1er décembre 2026"),
        (date(2026, 12, 7), date(2026, 12, 9), "du 7 au 9 décembre 2026"),
        (date(2026, 11, 30), date(2026, 12, 2), "du 30 novembre au 2 décembre 2026"),
        (date(2026, 12, 30), date(2027, 1, 1), "du 30 décembre 2026 au 1er janvier 2027"),
        (date(2025, 12, 7), date(2026, 12, 7), "du 7 décembre 2025 au 7 décembre 2026"),
    ],
)
def test_spans(french, first, last, shown):
    assert words.span(first, last) == shown


def test_hours(french):
    assert words.hours(time(9), time(12, 30)) == "9\u00a0h\u00a0– 12\u00a0h\u00a030"
    assert words.hour(time(0, 5)) == "0\u00a0h\u00a005"


def test_a_moment_is_read_in_the_active_zone(french):
    with timezone.override("Europe/Paris"):
        at = datetime(2026, 12, 6, 23, 30, tzinfo=UTC)
        assert words.moment(at) == "lundi 7 décembre 2026 à 0\u00a0h\u00a030"
        assert words.moment_short(at) == "7 déc. 2026, 0\u00a0h\u00a030"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("+33478123456", "04 78 12 34 56"),
        ("0478123456", "04 78 12 34 56"),
        ("+32 2 555 12 12", "+32 2 555 12 12"),
        ("poste 12", "poste 12"),
        ("3900000000000000000", "3900000000000000000"),
    ],
)
def test_phones_go_by_pairs(typed, shown):
    assert words.phone(typed).replace("\u00a0", " ") == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Qui vient ?", "Qui vient\u202f?"),
        ("Attention : complet", "Attention\u00a0: complet"),
        ("2 400 salariés, 12 345 678", "2\u202f400 salariés, 12\u202f345\u202f678"),
        ("04 78 12 34 56, 69 1234", "04 78 12 34 56, 69 1234"),
        ("« Excel »", "«\u202fExcel\u202f»"),
        ("http://exemple.fr a:b 12:30", "http://exemple.fr a:b 12:30"),
    ],
)
def test_french_spacing(typed, shown):
    assert words.french(typed) == shown
    assert words.french(shown) == shown


@pytest.mark.parametrize(("count", "plural"), [(0, False), (1, False), (2, True), (-1, False)])
def test_french_plurals(french, count, plural):
    assert words.is_plural(count) is plural


def test_english_says_it_its_own_way(english):
    assert words.money(-125000) == "\u2212€1,250.00"
    assert words.vat(550) == "5.5%"
    assert words.day(date(2026, 12, 7)) == "Monday 7 December 2026"
    assert words.day_short(date(2026, 12, 1)) == "1 Dec 2026"
    assert words.span(date(2026, 12, 7), date(2026, 12, 9)) == "7 to 9 December 2026"
    assert words.hours(time(9), time(12, 30)) == "9:00–12:30"
    assert words.moment(datetime(2026, 12, 7, 9, 5)) == "Monday 7 December 2026 at 9:05"  # noqa: DTZ001
    assert words.thousands(12500) == "12,500"
    assert words.is_plural(0)


def test_a_span_for_tables_says_what_both_days_share_once():
    first = date(2026, 12, 7)
    assert words.span_short(first, first) == words.day_short(first)
    assert words.span_short(first, date(2026, 12, 8)) == f"7–{words.day_short(date(2026, 12, 8))}"
    assert words.span_short(date(2026, 11, 30), date(2026, 12, 1)).startswith("30 nov. – 1er déc.")
    assert words.span_short(first, date(2027, 1, 2)).startswith("7 déc. 2026 – 2 ")


def test_what_is_kept_of_a_day_is_kept_for_each_language():
    first, last = date(2027, 3, 1), date(2027, 3, 2)
    with translation.override("fr"):
        in_french = [words.day(first), words.day_short(first), words.span(first, last)]
    with translation.override("en"):
        in_english = [words.day(first), words.day_short(first), words.span(first, last)]
    assert in_french == ["lundi 1er mars 2027", "1er mars 2027", "les 1er et 2 mars 2027"]
    assert in_english == ["Monday 1 March 2027", "1 Mar 2027", "1 and 2 March 2027"]


def test_a_moment_falls_on_the_day_of_the_active_zone():
    at = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    with timezone.override("Europe/Paris"):
        assert (words.day_short(at), words.span(at, at)) == ("1er janv. 2027", "le 1er janvier 2027")
    with timezone.override("UTC"):
        assert (words.day_short(at), words.span(at, at)) == ("31 déc. 2026", "le 31 décembre 2026")


def test_months_are_shortened_as_french_does():
    shown = [words.day_short(date(2026, month, 7)).split()[1] for month in range(1, 13)]
    assert shown == ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc."]
    with translation.override("en"):
        assert words.day_short(date(2026, 1, 7)) == "7 Jan 2026"
