"""Amounts, days, hours and numbers as people say them, in the active language (French first)."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from functools import lru_cache
from typing import cast

import phonenumbers
from django.utils.formats import date_format
from django.utils.timezone import is_aware, localtime

from comptoir.base.speaking import FRENCH, spoken

NBSP = "\u00a0"  # before : € % and between a number and its unit
NARROW = "\u202f"  # before ; ! ? inside « », and between thousands
MINUS = "\u2212"
MONTHS = "janv. févr. mars avr. mai juin juill. août sept. oct. nov. déc.".split()
_kept = lru_cache(maxsize=4096)  # pages name the same few days again and again


def is_french() -> bool:
    """French is spoken unless another language is active."""
    return spoken() == FRENCH


def money(cents: int) -> str:
    """125000 → « 1 250,00 € »; in English, « €1,250.00 »."""
    sign = MINUS if cents < 0 else ""
    units, rest = divmod(abs(cents), 100)
    if not is_french():
        return f"{sign}€{units:,}.{rest:02d}"
    return f"{sign}{_by_thousands(units)},{rest:02d}{NBSP}€"


def thousands(number: int) -> str:
    """12500 → « 12 500 »; in English, « 12,500 »."""
    return _by_thousands(number) if is_french() else f"{number:,}"


def _by_thousands(number: int) -> str:
    return f"{number:,}".replace(",", NARROW)


def vat(basis_points: int) -> str:
    """2000 → « 20 % », 550 → « 5,5 % »; in English, « 5.5% »."""
    whole, rest = divmod(basis_points, 100)
    digits = f"{whole}.{rest:02d}".rstrip("0").rstrip(".")
    return f"{digits.replace('.', ',')}{NBSP}%" if is_french() else f"{digits}%"


def day(value: date) -> str:
    """« lundi 7 décembre 2026 »; a moment is first brought to the active time zone."""
    return _day(_date(value), spoken())


@_kept
def _day(value: date, _language: str) -> str:
    return f"{date_format(value, 'l')} {_day_of_month(value)} {date_format(value, 'F Y')}"


def day_full(value: date) -> str:
    """« 7 décembre 2026 », « 1er janvier 2027 », within a sentence."""
    value = local(value)
    return f"{_day_of_month(value)} {date_format(value, 'F Y')}"


def day_short(value: date) -> str:
    """« 7 déc. 2026 », for tables."""
    return _day_short(_date(value), spoken())


@_kept
def _day_short(value: date, _language: str) -> str:
    return f"{_day_of_month(value)} {month_short(value)} {value.year}"


def month_short(value: date) -> str:
    """« janv. », « juill. », as the Imprimerie nationale shortens them (Django has « jan. », « juil. »)."""
    return MONTHS[value.month - 1] if is_french() else date_format(value, "M")


def hour(value: time | datetime) -> str:
    """« 9 h », « 12 h 30 »; in English, « 9:00 »."""
    if isinstance(value, datetime):
        value = local(value)
    if not is_french():
        return f"{value.hour}:{value.minute:02d}"
    minutes = f"{NBSP}{value.minute:02d}" if value.minute else ""
    return f"{value.hour}{NBSP}h{minutes}"


def hours(start: time | datetime, end: time | datetime) -> str:
    """« 9 h – 12 h 30 »; in English, « 9:00–12:30 »."""
    return f"{hour(start)}{NBSP}– {hour(end)}" if is_french() else f"{hour(start)}–{hour(end)}"


def moment(value: datetime) -> str:
    """« lundi 7 décembre 2026 à 9 h 05 »; in English, « Monday 7 December 2026 at 9:05 »."""
    return f"{day(value)} {'à' if is_french() else 'at'} {hour(value)}"


def moment_short(value: datetime) -> str:
    """« 7 déc. 2026, 9 h 05 », for tables."""
    return f"{day_short(value)}, {hour(value)}"


def span(first: date, last: date) -> str:
    """« le 7 décembre 2026 », « les 7 et 8 décembre 2026 », « du 30 décembre 2026 au 2 janvier 2027 »."""
    return _span(_date(first), _date(last), spoken())


@_kept
def _span(first: date, last: date, language: str) -> str:
    in_french = language.startswith("fr")
    end = f"{_day_of_month(last)} {date_format(last, 'F Y')}"
    if first == last:
        return f"le {end}" if in_french else end
    begin = _day_of_month(first)
    if first.year != last.year:
        begin += f" {date_format(first, 'F Y')}"
    elif first.month != last.month:
        begin += f" {date_format(first, 'F')}"
    if (last - first).days == 1:
        return f"les {begin} et {end}" if in_french else f"{begin} and {end}"
    return f"du {begin} au {end}" if in_french else f"{begin} to {end}"


def span_short(first: date, last: date) -> str:
    """« 7–8 déc. 2026 », « 30 nov. – 1er déc. 2026 », for tables."""
    first, last = local(first), local(last)
    end = day_short(last)
    if (first.year, first.month, first.day) == (last.year, last.month, last.day):
        return end
    if first.year != last.year:
        return f"{day_short(first)} – {end}"
    if first.month != last.month:
        return f"{day_short(first)[:-5]} – {end}"
    return f"{_day_of_month(first)}–{end}"


def phone(text: str) -> str:
    """+33478123456 → « 04 78 12 34 56 »; a foreign number in its international form; anything else as typed."""
    try:
        number = phonenumbers.parse(text, "FR")
    except phonenumbers.NumberParseException:
        return text
    if not phonenumbers.is_possible_number(number):
        return text
    national = number.country_code == 33
    form = phonenumbers.PhoneNumberFormat.NATIONAL if national else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form).replace(" ", NBSP)


def labelled(label: object, said: object) -> str:
    """« Lieu : Nantes »; in English, « Venue: Nantes »."""
    return f"{label}{NBSP if is_french() else ''}: {said}"


def apart(many: Iterable[str]) -> str:
    """« Nantes ; Angers », of what has commas of its own; in English, « Nantes; Angers »."""
    return (f"{NARROW}; " if is_french() else "; ").join(many)


def quoted(text: str) -> str:
    """« texte », in English “texte”."""
    return f"«{NARROW}{text}{NARROW}»" if is_french() else f"“{text}”"


def french(text: str) -> str:
    """French spacing in text people typed: no line begins with : ; ! ? » or ends with «. Addresses keep theirs."""
    text = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", NARROW, text)
    text = re.sub(r" +([;!?»])(?=\s|$|[)\]])", rf"{NARROW}\1", text)
    text = re.sub(r" +:(?=\s|$)", f"{NBSP}:", text)
    return re.sub(r"« +", f"«{NARROW}", text)


def is_plural(count: int) -> bool:
    """French: two and more. English: anything but one."""
    return abs(count) >= 2 if is_french() else count != 1


def local[D: date](value: D) -> D:
    """A moment brought to the active time zone; a plain date as it is."""
    if isinstance(value, datetime) and is_aware(value):
        return cast(D, localtime(value))
    return value


def _date(value: date) -> date:
    """The day on which a moment falls in the active time zone; a plain date as it is."""
    return local(value).date() if isinstance(value, datetime) else value


def _day_of_month(value: date) -> str:
    return "1er" if value.day == 1 and is_french() else str(value.day)
