"""The details of a member: each field's rule, said before and checked after; every fault named at once (E4)."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.base.errors import Invalid, Refusal
from comptoir.base.text import clean_line, email_key, folded
from comptoir.members.models import Member

DETAILS = ("last_name", "first_name", "born_on", "phone", "address", "postcode", "city")
NAMES = ("last_name", "first_name")
LONGEST = {"last_name": 80, "first_name": 80, "phone": 30, "address": 250, "postcode": 10, "city": 80}
OLDEST = 120  # years
_NAME_RULE = gettext_lazy("Comme sur la carte d’identité\u00a0: lettres, espaces, traits d’union et apostrophes.")
RULES = {
    "last_name": _NAME_RULE,
    "first_name": _NAME_RULE,
    "born_on": gettext_lazy("Jour, mois et année, par exemple 07/03/1994."),
    "phone": gettext_lazy("Dix chiffres, par exemple 06 12 34 56 78\u202f; depuis l’étranger, commencez par +."),
    "address": gettext_lazy("Numéro et rue, par exemple 12 rue des Lilas."),
    "postcode": gettext_lazy("Cinq chiffres, par exemple 83000."),
    "city": gettext_lazy("Sans abréviation, par exemple Saint-Nazaire."),
    "email": gettext_lazy("De la forme nom@domaine.fr. Un message de confirmation y est envoyé."),
}
EMPTY = {
    "last_name": gettext_lazy("Indiquez le nom."),
    "first_name": gettext_lazy("Indiquez le prénom."),
    "born_on": gettext_lazy("Indiquez la date de naissance."),
    "phone": gettext_lazy("Indiquez un numéro de téléphone."),
    "address": gettext_lazy("Indiquez le numéro et la rue."),
    "postcode": gettext_lazy("Indiquez le code postal."),
    "city": gettext_lazy("Indiquez la ville."),
    "email": gettext_lazy("Indiquez l’adresse de courriel."),
}
_DAY_FORMS = ("%Y-%m-%d", "%d/%m/%Y")
_SHAPES = {
    "postcode": (re.compile(r"\d{5}"), gettext_lazy("Un code postal a cinq chiffres, par exemple 83000.")),
    "address": (re.compile(r".*\w.*"), gettext_lazy("Écrivez le numéro et la rue, par exemple 12 rue des Lilas.")),
    "city": (re.compile(r"[^\d]*[^\W\d_][^\d]*"), gettext_lazy("Une ville s’écrit sans chiffre.")),
}
_NAME = re.compile(r"[^\W\d_][^\W\d_ ’'.-]*(?:[ ’'.-]+[^\W\d_]*)*")


def cleaned(values: Mapping[str, str]) -> dict[str, str]:
    """As kept: one line each, no doubled space; a postcode without spaces."""
    kept = {name: clean_line(text) for name, text in values.items()}
    if "postcode" in kept:
        kept["postcode"] = kept["postcode"].replace(" ", "")
    return kept


def problems(values: Mapping[str, str], *, needed: tuple[str, ...], on: date) -> list[Refusal]:
    """One refusal for each field at fault, all of them; an empty field is one when it is needed. `values`: cleaned."""
    found = [(name, _problem(name, values.get(name, ""), needed, on)) for name in (*DETAILS, "email")]
    return [Invalid(str(sentence), field=name) for name, sentence in found if sentence]


def day_of(text: str) -> date | None:
    """The day somebody wrote, as a browser sends it or as people write it; None when there is no such day."""
    for form in _DAY_FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    return None


def put(member: Member, values: Mapping[str, str]) -> list[str]:
    """Set the columns and the key that searching reads; the names of those that changed. The caller saves."""
    wanted: dict[str, Any] = {name: values[name] for name in DETAILS if name in values}
    if "born_on" in wanted:
        wanted["born_on"] = day_of(wanted["born_on"])
    changed = [name for name, value in wanted.items() if getattr(member, name) != value]
    for name in changed:
        setattr(member, name, wanted[name])
    member.search_key = search_key(member.last_name, member.first_name)
    return changed


def search_key(last_name: str, first_name: str) -> str:
    """What the search reads: case and accents aside, last name first, which is also the order of the list."""
    return f"{folded(last_name)} {folded(first_name)}".strip()


def _problem(name: str, text: str, needed: tuple[str, ...], on: date) -> Any:
    if not text:
        return EMPTY[name] if name in needed else ""
    if len(text) > LONGEST.get(name, 254):
        return _("Ce texte est trop long\u00a0: %(longest)s caractères au plus.") % {"longest": LONGEST.get(name, 254)}
    if name in _SHAPES:
        shape, sentence = _SHAPES[name]
        return "" if shape.fullmatch(text) else sentence
    return {"born_on": _born, "phone": _phone, "email": _email}.get(name, _name)(text, on)


def _name(text: str, _on: date) -> str:
    return "" if _NAME.fullmatch(text) else _("Écrivez-le en lettres, sans chiffre ni symbole.")


def _born(text: str, on: date) -> str:
    day = day_of(text)
    if day is None:
        return _("Cette date n’existe pas\u00a0: écrivez-la comme 07/03/1994.")
    if day >= on:
        return _("Une date de naissance est passée\u00a0: vérifiez l’année.")
    return _("Cette année est trop ancienne\u00a0: vérifiez-la.") if day.year < on.year - OLDEST else ""


def _phone(text: str, _on: date) -> str:
    try:
        if phonenumbers.is_possible_number(phonenumbers.parse(text, "FR")):
            return ""
    except phonenumbers.NumberParseException:
        pass
    return _("Ce numéro n’est pas complet\u00a0: écrivez par exemple 06 12 34 56 78.")


def _email(text: str, _on: date) -> str:
    try:
        validate_email(email_key(text))
    except ValidationError:
        return _("Cette adresse n’a pas la forme nom@domaine.fr.")
    return ""
