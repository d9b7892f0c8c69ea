"""What a client looks like to the engine: every field brought to one spelling. Pure; worked out once, when written."""

import re
import zlib
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from comptoir.base.text import digits, folded, is_keyed, siret_problem
from comptoir.clients.departments import numbered
from comptoir.clients.keys import phone_digits, town_key
from comptoir.clients.vocabulary import (
    EMPTY_WORDS,
    KINDS,
    SITES,
    is_shared,
    kinds_said,
    street_words,
    without_service,
    word_of,
)  # fmt: skip

VERSION = 3
MOST_WORDS = 8  # of a name; more tell nothing more
LONGEST_TEXT = 200
DOUBTFUL = "?"  # before a SIREN whose key is wrong: mistyped, it tells nobody from another
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.)+[A-Za-z]?(?![\w.])\.?")
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


def _joined(text: str) -> str:
    """« C.H.U. » and « Z.A. » as one word each."""
    return _DOTTED.sub(lambda found: found[0].replace(".", "") + " ", text) if "." in text else text


def _name(name: str, town: str) -> tuple[str, str, str]:
    text = kinds_said(numbered(folded(_joined(name))))
    if text.startswith("mairie "):
        text = without_service(text)
    kinds, words = [], []
    for word in text.split():
        if word in KINDS:
            kinds.append(word)
        elif word not in EMPTY_WORDS:
            words.append(word_of(word))
    kinds = list(dict.fromkeys(kinds))
    if len(kinds) > 1 and kinds[0] == "mairie":  # « Mairie de Clairoy, police municipale » is the police
        kinds = kinds[1:]
    if "ifsi" in kinds:  # « CH de Vilange - IFSI » is not the hospital, whichever is said first
        kinds = ["ifsi"]
    own = [word for word in words if not _is_here(word, town)]
    if kinds == ["mairie"] and (not SITES.isdisjoint(words) or 0 < len(own) < len(words)):
        kinds = ["annexe"]  # « Mairie de Toulon Ouest », « Mairie de Toulon Saint-Jean » are not Toulon's
    kept = sorted(dict.fromkeys(own))[:MOST_WORDS]
    whole = sorted({*kinds, *words})[: 2 * MOST_WORDS]
    return (kinds[0] if kinds else ""), " ".join(kept), " ".join(whole)


def _is_here(word: str, town: str) -> bool:
    """Whether it is a word of the town's name, be it mistyped."""
    here = town.split()
    return word in here or (len(word) > 4 and any(ratio(word, one, score_cutoff=80) for one in here if len(one) > 4))


def _siret(text: str) -> tuple[str, str]:
    number = digits(text[:40])
    if len(number) < 9 or not number.strip("0"):
        return "", ""
    siren = number[:9]
    nic = number[9:14] if len(number) >= 14 and not siret_problem(number[:14]) else ""
    return (siren if nic or is_keyed(siren) else f"{DOUBTFUL}{siren}"), nic


def _postcode(text: str) -> str:
    number = digits(text[:12])
    return number.zfill(5) if len(number) == 4 else number[:5] if len(number) >= 5 else ""


def _domain(email: str) -> str:
    domain = email.rpartition("@")[2]
    return "" if is_shared(domain) else domain


def _street(address: str) -> tuple[str, str]:
    words = street_words(folded(_joined(address)))
    door = next((word for word in words[:2] if _NUMBER.match(word)), "")
    return " ".join(word for word in words if word != door), door[:5]


def _person(text: str) -> str:
    words = [word for word in folded(text).split() if len(word) > 1 and word not in EMPTY_WORDS]
    return " ".join(sorted(words)[:4])


def digest(*parts: str) -> int:
    """62 bits of what is written: a key of the look-up table."""
    data = "\x1f".join(parts).encode()
    return zlib.crc32(data) << 30 | (zlib.crc32(data[::-1], 0x5BD1E995) & 0x3FFFFFFF)
