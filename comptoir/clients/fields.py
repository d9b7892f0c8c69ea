"""What the columns of clients and contacts may hold: cleaned, checked (a sentence each fault), their keys derived."""

import re
from collections.abc import Mapping
from typing import Any

import phonenumbers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.base.errors import Invalid, Refusal
from comptoir.base.text import clean_line, clean_text, digits, email_key, siret_problem
from comptoir.clients.keys import name_town_key, search_key, stored_name_key, town_key
from comptoir.clients.models import Client, Contact, Place
from comptoir.clients.states import ClientKind

CLIENT_TEXTS = ("legal_name", "kind", "siret", "email", "phone", "address", "postcode", "city", "notes")
PLACE_TEXTS = ("label", "address", "postcode", "city", "phone", "email")
CONTACT_TEXTS = ("first_name", "last_name", "email", "phone")
LONGEST = {
    "legal_name": 200, "email": 254, "phone": 30, "address": 250, "postcode": 10, "city": 80, "notes": 20_000,
    "first_name": 80, "last_name": 80, "label": 80,
}  # fmt: skip
_SEARCHED = ("number", "legal_name", "siret", "doubtful_siret", "postcode", "city", "email")
# The shape only: whether the mailbox exists is for the mail to find out. Quick, for files of 100,000 lines.
_EMAIL = re.compile(r"[^\s@<>(),;:\"\[\]\\]+@(?:[^\s@<>(),;:\"\[\]\\.]+\.)+[^\s@<>(),;:\"\[\]\\.]{2,}")


def cleaned(values: Mapping[str, str]) -> dict[str, str]:
    """As stored: one line each (notes keep theirs), no control character, digits only for a SIRET."""
    kept = {name: clean_text(text) if name == "notes" else clean_line(text) for name, text in values.items()}
    if kept.get("siret"):
        kept["siret"] = digits(kept["siret"]) or kept["siret"]
    return kept


def client_problems(values: Mapping[str, str]) -> list[Refusal]:
    """Every field at fault, each with its sentence and its cure (E4)."""
    problems: list[Refusal] = []
    if not values.get("legal_name", "-"):
        problems.append(Invalid(_("Indiquez la raison sociale."), field="legal_name"))
    if values.get("kind", ClientKind.FIRM) not in ClientKind.values:
        problems.append(Invalid(_("Choisissez le type de client."), field="kind"))
    if values.get("siret") and (sentence := siret_sentence(values["siret"])):
        problems.append(Invalid(sentence, field="siret"))
    return problems + _shared_problems(values)


def contact_problems(values: Mapping[str, str]) -> list[Refusal]:
    """Every field at fault; a contact has at least a name or an address."""
    problems: list[Refusal] = []
    if not any(values.get(name) for name in ("first_name", "last_name", "email")):
        problems.append(Invalid(_("Indiquez au moins un nom ou une adresse de courriel."), field="last_name"))
    return problems + _shared_problems(values)


def place_problems(values: Mapping[str, str]) -> list[Refusal]:
    """Every field at fault; a place has a name, and says at least one way to reach it."""
    problems: list[Refusal] = []
    if not values.get("label"):
        problems.append(
            Invalid(_("Nommez ces coordonnées\u00a0: par exemple Facturation, ou Site de Blois."), field="label")
        )
    if not any(values.get(name) for name in PLACE_TEXTS[1:]):
        sentence = _("Indiquez une adresse, un téléphone ou un courriel.")
        problems.append(Invalid(sentence, field="address"))
    return problems + _shared_problems(values)


def length_problems(values: Mapping[str, str]) -> list[Refusal]:
    """Every text longer than its column."""
    too_long = [name for name, text in values.items() if len(text) > LONGEST.get(name, len(text))]
    return [Invalid(_too_long(len(values[name]), LONGEST[name]), field=name) for name in too_long]


def _too_long(length: int, longest: int) -> str:
    return _("Ce texte a %(n)s caractères\u202f; %(longest)s au plus.") % {"n": length, "longest": longest}


def _shared_problems(values: Mapping[str, str]) -> list[Refusal]:
    problems = length_problems(values)
    if values.get("email") and not is_email(values["email"]):
        problems.append(Invalid(_("Cette adresse n’a pas la forme nom@domaine.fr."), field="email"))
    if values.get("phone") and not is_phone(values["phone"]):
        sentence = _("Ce numéro de téléphone n’est pas complet\u00a0: écrivez par exemple 04 78 12 34 56.")
        problems.append(Invalid(sentence, field="phone"))
    return problems


def siret_sentence(text: str) -> str:
    """What is wrong with a SIRET and how to mend it; '' when nothing is."""
    problem, count = siret_problem(text), len(digits(text))
    if not count:
        return _("Un SIRET s’écrit en chiffres\u202f; il en faut 14.")
    if problem == "length":
        sentence = ngettext(
            "Ce SIRET a %(n)s chiffre\u202f; il en faut 14.", "Ce SIRET a %(n)s chiffres\u202f; il en faut 14.", count
        )
        return sentence % {"n": count}
    if problem or not digits(text).strip("0"):
        return _("Ce SIRET n’existe pas\u00a0: un chiffre au moins est faux. Comparez-le à l’avis de l’Insee.")
    return ""


def is_email(text: str) -> bool:
    """Whether this has the shape of an address."""
    return len(text) <= 254 and _EMAIL.fullmatch(text) is not None


def is_phone(text: str) -> bool:
    """Whether somebody could be called at this number, from France."""
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(text, "FR"))
    except phonenumbers.NumberParseException:
        return False


def client_keys(said: Mapping[str, Any]) -> dict[str, str]:
    """The columns that matching and searching read, worked out from the others."""
    name = stored_name_key(said["legal_name"])
    texts = [said[column] for column in _SEARCHED]
    return {
        "name_key": name, "name_town_key": name_town_key(name, town_key(said["city"])),
        "email_key": email_key(said["email"]), "search_key": search_key(*texts, phone=said["phone"]),
    }  # fmt: skip


def derive_client(client: Client) -> None:
    """Set the columns that matching and searching read; the caller saves."""
    for column, text in client_keys(client.__dict__).items():
        setattr(client, column, text)


def derive_place(place: Place) -> None:
    """Set the column that searching reads; the caller saves."""
    texts = (place.label, place.address, place.postcode, place.city, place.email)
    place.search_key = search_key(*texts, phone=place.phone)


def contact_keys(first_name: str, last_name: str, email: str, phone: str) -> dict[str, str]:
    """The columns that matching and searching read, worked out from the others."""
    return {"email_key": email_key(email), "search_key": search_key(first_name, last_name, email, phone=phone)}


def derive_contact(contact: Contact) -> None:
    """Set the columns that matching and searching read; the caller saves."""
    said = [getattr(contact, column) for column in CONTACT_TEXTS]
    for column, text in contact_keys(*said).items():
        setattr(contact, column, text)
