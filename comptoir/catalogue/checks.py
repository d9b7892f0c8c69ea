"""What a session's details, and the rule of a series, must satisfy before anything is written."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import time

from django.utils.translation import gettext as _

from comptoir.base.text import clean_line, folded
from comptoir.catalogue import hours, zones
from comptoir.catalogue.details import SessionDetails
from comptoir.catalogue.faults import Faults
from comptoir.catalogue.models import Session, Slot
from comptoir.catalogue.series import LONGEST, Rule
from comptoir.catalogue.states import HalfDay, SessionKind, Step
from comptoir.catalogue.timetable import Timetable
from comptoir.organisations.actors import Actor

HIGHEST_VAT = 10_000
LINES = ("place", "address", "city", "remote_url", "time_zone")


def session_values(details: SessionDetails, *, by: Actor) -> dict[str, object]:
    """The columns as they will be written, `manager_ids` set aside. Refuses each field at fault, all at once."""
    values: dict[str, object] = asdict(details)
    values |= {name: clean_line(getattr(details, name)) for name in LINES}
    values["ends_on"] = details.ends_on or details.starts_on
    faults = Faults()
    _check_dates(details, faults)
    _check_where(values, faults)
    _check_sale(details, faults)
    _check_people(details, faults, by=by)
    faults.refuse()
    del values["manager_ids"]
    values["begins_at"] = hours.first_hour(details.starts_on, str(values["time_zone"]))
    return values


def session_key(reference: str, place: object, address: object, city: object) -> str:
    """What the search reads: folded words of reference, place, address and city."""
    return folded(f"{reference} {place} {address} {city}")


def check_rule(rule: Rule) -> None:
    """The rule can be followed and ends. Refuses: Invalid on each of first, weekdays, until, times at fault."""
    faults = Faults()
    _check_rule(rule, faults)
    faults.refuse()


def check_timetable(timetable: Timetable) -> None:
    """As `check_rule`, and it has hours. Refuses: Invalid on each of first … times, halves, start, end at fault."""
    faults = Faults()
    _check_rule(timetable.rule, faults)
    start, end, halves = timetable.start, timetable.end, timetable.halves
    if not halves <= set(HalfDay) or not (halves or start or end):
        faults.add("halves", _("Cochez le matin, l’après-midi ou les deux, ou donnez des heures."))
    if (start is None) != (end is None):
        faults.add("end" if start else "start", _("Donnez les deux heures, ou aucune."))
    elif start and end and end <= start:
        faults.add("end", _("La séance finit avant de commencer\u202f; si elle passe minuit, coupez-la en deux."))
    elif start and end and any(start < usual[1] and usual[0] < end for usual in _usual(halves)):
        faults.add("start", _("Ces heures chevauchent une demi-journée cochée."))
    faults.lengths(Slot, {"place": clean_line(timetable.place), "remote_url": clean_line(timetable.remote_url)})
    if clean_line(timetable.remote_url):
        faults.web_address("remote_url", clean_line(timetable.remote_url))
    faults.refuse()


def _usual(halves: Collection[str]) -> list[tuple[time, time]]:
    return [span for half, span in hours.USUAL.items() if half in halves]


def _check_rule(rule: Rule, faults: Faults) -> None:
    faults.day("first", rule.first)
    if rule.step == Step.WEEKDAYS and not rule.weekdays:
        faults.add("weekdays", _("Cochez au moins un jour de la semaine."))
    if rule.until is None and rule.times is None:
        faults.add("until", _("Dites quand la série s’arrête : une date, ou un nombre de fois."))
    if rule.until is not None:
        faults.day("until", rule.until)
        if rule.until < rule.first:
            faults.add("until", _("La série s’arrête avant de commencer : vérifiez les deux dates."))
    if rule.times is not None and not 1 <= rule.times <= LONGEST:
        faults.add("times", _("Indiquez un nombre entre 1 et {most}.").format(most=LONGEST))


def _check_dates(details: SessionDetails, faults: Faults) -> None:
    faults.day("starts_on", details.starts_on)
    if details.ends_on is not None:
        faults.day("ends_on", details.ends_on)
        if details.ends_on < details.starts_on:
            faults.add("ends_on", _("La session finit avant de commencer : vérifiez les deux dates."))
    if details.opens_at and details.closes_at and details.closes_at <= details.opens_at:
        faults.add("closes_at", _("Les inscriptions ferment avant d’ouvrir : vérifiez les deux dates."))


def _check_where(values: dict[str, object], faults: Faults) -> None:
    faults.lengths(Session, {name: values[name] for name in LINES})
    if not zones.is_zone(str(values["time_zone"])):
        faults.add("time_zone", _("Choisissez un fuseau horaire de la liste."))
    if not values["remote_url"]:
        return
    faults.web_address("remote_url", str(values["remote_url"]))
    if not values["is_remote"]:
        faults.add("remote_url", _("Cochez « À distance », ou videz l’adresse de connexion."))


def _check_sale(details: SessionDetails, faults: Faults) -> None:
    faults.choice("kind", details.kind, SessionKind)
    faults.capacity("capacity", details.capacity)
    faults.price("price", details.price_cents)
    if not 0 <= details.vat_bp <= HIGHEST_VAT:
        faults.add("vat", _("Indiquez un taux de TVA entre 0 et 100 %."))


def _check_people(details: SessionDetails, faults: Faults, *, by: Actor) -> None:
    people = {"owner": details.owner_id, "assistant": details.assistant_id}
    for field, staff_id in people.items():
        if staff_id is not None:
            faults.staff(field, {staff_id}, organisation_id=by.organisation_id)
    if details.manager_ids:
        faults.staff("managers", set(details.manager_ids), organisation_id=by.organisation_id)
