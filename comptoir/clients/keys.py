"""What client records are looked up by: numbers, towns, names with their town, words to search. Pure."""

import re
from functools import lru_cache

from comptoir.base.text import digits, folded, name_key

SERIES = "client"  # of the numbers an organisation gives
NAME_KEY_LENGTH = 200  # a name of 200 letters may fold to more (« ﬃ » is three)
NAME_TOWN_LENGTH = 290
SEARCH_LENGTH = 700

_NUMBER = re.compile(r"(?:N[O°]?)?C?0*([0-9]{1,9})")
_NOT_TOWN = re.compile(r"\bcedex\b.*$|\b[0-9]+(?:e|er|eme|ere)?\b(?: arrondissement)?")
_SAINTS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


def client_number(position: int) -> str:
    """1 → C000001."""
    return f"C{position:06}"


def number_key(text: str) -> str:
    """A client number however it was typed: « c 123 », « N° 000123 » → C000123. Anything else, as it stands."""
    bare = "".join(text.split()).upper().replace("-", "").replace(".", "")
    found = _NUMBER.fullmatch(bare)
    return client_number(int(found[1])) if found else bare[:20]


@lru_cache(maxsize=8192)
def town_key(city: str) -> str:
    """A town without case, accents, hyphens, « cedex » or arrondissement; St and Ste in full."""
    words = " ".join(_SAINTS.get(word, word) for word in folded(city).split())
    return " ".join(_NOT_TOWN.sub(" ", words).split())


def stored_name_key(legal_name: str) -> str:
    """`name_key`, cut to what the column holds."""
    return name_key(legal_name)[:NAME_KEY_LENGTH]


def name_town_key(key: str, town: str) -> str:
    """One value for « this name in this town »: what a generic name is looked up by. Empty without a name."""
    return f"{key}|{town}"[:NAME_TOWN_LENGTH] if key else ""


def phone_digits(phone: str) -> str:
    """The digits people dial in France: +33 4 78 … and 0033 4 78 … are 0478…"""
    number = digits(phone)
    for prefix in ("0033", "33"):
        if number.startswith(prefix) and len(number) == len(prefix) + 9:
            return "0" + number.removeprefix(prefix)
    return number


def search_key(*texts: str, phone: str = "") -> str:
    """Everything a record is found by, folded into one line of words."""
    words = [folded(" ".join(texts)), *(text.casefold() for text in texts if not (text.isascii() or folded(text)))]
    return " ".join((*words, phone_digits(phone))).strip()[:SEARCH_LENGTH]


def search_words(text: str) -> list[str]:
    """The words to look for: a number typed in groups (« 732 829 320 00074 ») is one word."""
    joined = re.sub(r"(?<=[0-9])[\s.](?=[0-9])", "", text)
    return folded(joined).split() or joined.casefold().split()
