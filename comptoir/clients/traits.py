"""What a client looks like to the engine: every field brought to one spelling. Pure; worked out once, when written."""

import re
import zlib
from functools import lru_cache
from typing import NamedTuple

from comptoir.base.text import digits, folded
from comptoir.clients.keys import phone_digits, town_key
from comptoir.clients.vocabulary import (
    EMPTY_WORDS,
    GENERIC_DOMAINS,
    KINDS,
    SHARED_DOMAIN,
    SITES,
    kinds_said,
    street_words,
    word_of,
)  # fmt: skip

VERSION = 1
MOST_WORDS = 8  # of a name; more tell nothing more
LONGEST_TEXT = 200
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.)+[A-Za-z]?(?![\w.])\.?")
_DEPARTMENT = re.compile(r"\bcd ?([0-9]{2,3})\b")
_NUMBER = re.compile(r"^[0-9]{1,4}")


class Traits(NamedTuple):
    """One record, comparable. `kind`: what it is (mairie, lycee…); `words`: the rest of its name, sorted."""

    kind: str = ""
    words: str = ""
    name: str = ""  # kind and words and town, as written: what « the same name » compares
    siren: str = ""
    nic: str = ""
    phone: str = ""
    email: str = ""
    domain: str = ""  # empty for a provider's
    town: str = ""
    postcode: str = ""
    street: str = ""
    door: str = ""
    person: str = ""

    def stored(self) -> str:
        """One line; none of the fields can hold a tab."""
        return "\t".join(self)


def restored(line: str) -> Traits:
    """What `stored` wrote."""
    return Traits(*line.split("\t"))


def traits(
    *, name: str, siret: str = "", address: str = "", postcode: str = "", city: str = "", phone: str = "",
    email: str = "", person: str = "",
) -> Traits:  # fmt: skip
    """A record's traits, from texts as typed; texts of any length cost the same."""
    town = _town(city[:LONGEST_TEXT])
    kind, words, whole = _name(name[:LONGEST_TEXT], town)
    siren, nic = _siret(siret)
    email = email.strip().casefold()[:254]
    street, door = _street(address[:LONGEST_TEXT])
    number = phone_digits(phone[:40])
    return Traits(
        kind, words, whole, siren, nic, number if 9 <= len(number) <= 11 else "", email if "@" in email else "",
        _domain(email), town, _postcode(postcode), street, door, _person(person[:100]),
    )  # fmt: skip


@lru_cache(maxsize=8192)
def _town(city: str) -> str:
    words = ("saint" if word == "sainte" else word for word in town_key(city).split())
    return " ".join(word for word in words if word not in ("le", "la", "les", "l", "d", "de", "du", "des", "en", "sur"))


def _name(name: str, town: str) -> tuple[str, str, str]:
    text = _DOTTED.sub(lambda found: found[0].replace(".", "") + " ", name)
    text = kinds_said(_DEPARTMENT.sub("departement", folded(text)))
    kinds, words = [], []
    for word in text.split():
        if word in KINDS:
            kinds.append(word)
        elif word not in EMPTY_WORDS:
            words.append(word_of(word))
    kinds = list(dict.fromkeys(kinds))
    if len(kinds) > 1 and kinds[0] == "mairie":  # « Mairie de Clairoy, police municipale » is the police
        kinds = kinds[1:]
    if kinds == ["mairie"] and not SITES.isdisjoint(words):  # « Mairie de Toulon Ouest » is not Toulon's
        kinds = ["annexe"]
    here = set(town.split())
    own = [word for word in words if word not in here]
    kept = sorted(dict.fromkeys(own))[:MOST_WORDS]
    whole = sorted({*kinds, *words})[: 2 * MOST_WORDS]
    return (kinds[0] if kinds else ""), " ".join(kept), " ".join(whole)


def _siret(text: str) -> tuple[str, str]:
    number = digits(text[:40])
    if len(number) < 9 or not number.strip("0"):
        return "", ""
    return number[:9], number[9:14]


def _postcode(text: str) -> str:
    number = digits(text[:12])
    return number.zfill(5) if len(number) == 4 else number[:5] if len(number) >= 5 else ""


def _domain(email: str) -> str:
    domain = email.rpartition("@")[2]
    return "" if domain in GENERIC_DOMAINS or SHARED_DOMAIN.match(domain) else domain


def _street(address: str) -> tuple[str, str]:
    words = street_words(folded(address))
    door = next((word for word in words[:2] if _NUMBER.match(word)), "")
    return " ".join(word for word in words if word != door), door[:5]


def _person(text: str) -> str:
    words = [word for word in folded(text).split() if len(word) > 1 and word not in EMPTY_WORDS]
    return " ".join(sorted(words)[:4])


def digest(*parts: str) -> int:
    """62 bits of what is written: a key of the look-up table."""
    data = "\x1f".join(parts).encode()
    return zlib.crc32(data) << 30 | (zlib.crc32(data[::-1], 0x5BD1E995) & 0x3FFFFFFF)
