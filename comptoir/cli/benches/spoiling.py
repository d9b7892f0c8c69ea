"""How the same client is written a second time: by another hand, years later, from memory, in a hurry.

Each writing takes two to five of these, drawn; what identifies may all be gone but the name and the town.
"""

import random
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from comptoir.cli.benches.invented import GENERIC, Record

SHORT = (
    ("Association", "Assoc."), ("Association", "Asso"), ("Établissements", "Ets"), ("Communauté de communes", "CC"),
    ("Centre hospitalier", "CH"), ("Mairie", "Commune"), ("Mairie", "Ville"), ("École primaire", "École"),
    ("Collège", "Clg"), ("Saint", "St"), ("Sainte", "Ste"), (" et ", " & "), ("Transports", "Trans."),
    ("Maison de retraite", "EHPAD"), ("Société", "Sté"), ("Électricité", "Élec"),
)  # fmt: skip
FORMS = ("SARL", "SAS", "EURL", "SA")


def spoilt(dice: random.Random, record: Record) -> Record:
    """The same entity, otherwise written."""
    for change in dice.sample(CHANGES, k=dice.choice((2, 2, 3, 3, 4, 5))):
        record = change(dice, record)
    return record


def _shortened(dice: random.Random, record: Record) -> Record:
    able = [(long, short) for long, short in SHORT if long in record.name]
    if not able:
        return _formed(dice, record)
    long, short = dice.choice(able)
    return replace(record, name=record.name.replace(long, short, 1))


def _formed(dice: random.Random, record: Record) -> Record:
    if not record.siret:
        return _shouted(dice, record)
    words = [word for word in record.name.split() if word not in FORMS]
    form = dice.choice(("", *FORMS))
    return replace(record, name=" ".join([*words, form] if dice.random() < 0.5 else [form, *words]).strip())


def _shouted(_dice: random.Random, record: Record) -> Record:
    plain = unicodedata.normalize("NFKD", record.name).encode("ascii", "ignore").decode()
    return replace(record, name=plain.upper().replace("-", " "))


def _mistyped(dice: random.Random, record: Record) -> Record:
    return replace(record, name=_slip(dice, record.name))


def _slip(dice: random.Random, text: str) -> str:
    if len(text) < 6:
        return text
    at = dice.randrange(2, len(text) - 1)
    match dice.randrange(3):
        case 0:
            return text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]
        case 1:
            return text[:at] + text[at + 1 :]
        case _:
            return text[:at] + text[at] + text[at:]


def _added(dice: random.Random, record: Record) -> Record:
    more = dice.choice(("service formation", "- comptabilité", "(siège)", "service du personnel", f"- {record.town}"))
    return replace(record, name=f"{record.name} {more}")


def _turned(dice: random.Random, record: Record) -> Record:
    words = record.name.split()
    dice.shuffle(words)
    return replace(record, name=" ".join(words)) if len(words) in (2, 3) else _shouted(dice, record)


def _unnumbered(_dice: random.Random, record: Record) -> Record:
    return replace(record, siret="")


def _renumbered(dice: random.Random, record: Record) -> Record:
    return replace(record, siret=_slip(dice, record.siret))


def _moved(dice: random.Random, record: Record) -> Record:
    return replace(record, address=f"{dice.randrange(1, 90)} rue {dice.choice(('Neuve', 'Haute', 'des Écoles'))}")


def _unaddressed(_dice: random.Random, record: Record) -> Record:
    return replace(record, address="", postcode="")


def _townly(dice: random.Random, record: Record) -> Record:
    town = record.town.replace("Saint", "St").replace("-", " ").upper()
    return replace(record, town=f"{town} CEDEX" if dice.random() < 0.4 else town)


def _rephoned(dice: random.Random, record: Record) -> Record:
    digits = record.phone or "0100000000"
    kept = f"+33 {digits[1]} " + " ".join(digits[place : place + 2] for place in (2, 4, 6, 8))
    return replace(record, phone=dice.choice(("", kept, f"06{dice.randrange(10**8):08}")))


def _remailed(dice: random.Random, record: Record) -> Record:
    host = record.email.partition("@")[2]
    person = record.contact.lower().replace(" ", ".").encode("ascii", "ignore").decode()
    return replace(
        record, email=dice.choice(("", f"{person}@{host}", f"{person}{dice.randrange(90)}@{dice.choice(GENERIC)}.fr"))
    )


CHANGES: list[Callable[[random.Random, Record], Record]] = [
    _shortened, _formed, _shouted, _mistyped, _added, _turned, _unnumbered, _unnumbered, _renumbered, _moved,
    _unaddressed, _townly, _rephoned, _remailed,
]  # fmt: skip
