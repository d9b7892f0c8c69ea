"""Many clients' traits as columns of numbers: one spelling, one number. What a scan and a request compare with."""

from array import array
from collections.abc import Mapping, Sequence
from typing import Any

from comptoir.clients.traits import MOST_WORDS, Traits
from comptoir.clients.vocabulary import SITES

NUMBERED = ("kind", "name", "words", "siren", "nic", "phone", "email", "domain", "town", "postcode", "street", "door")
PEOPLE = 3
TOWN_WORDS = 4
_PLACES = {name: Traits._fields.index(name) for name in (*NUMBERED, "person")}


class Columns:
    """Rows are added, then `close` makes `of[field]`, an array of numbers (0 for nothing); `text[field]`: by number."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, int]] = {name: {"": 0} for name in NUMBERED}
        self._numbers = {name: array("i") for name in (*NUMBERED, "person")}
        self._people: dict[str, int] = {"": 0}
        self.of: dict[str, Any] = {}
        self.text: dict[str, list[str]] = {}
        self.size = 0

    def add(self, rows: Sequence[Sequence[str]]) -> None:
        """Each row is a `Traits`, in order."""
        by_field = list(zip(*rows, strict=True))
        self.size += len(rows)
        for name, known in (*self._known.items(), ("person", self._people)):
            numbers = [known.setdefault(one, len(known)) for one in by_field[_PLACES[name]]]
            self._numbers[name].extend(numbers)

    def texts(self, field: str) -> list[str]:
        """Every text of a field, once, as added so far."""
        return list(self._known[field])

    def close(self, common: Mapping[str, float] | None = None, total: int = 0) -> "Columns":
        """Nothing more is added. `common`: how many of `total` records hold a word, else counted here."""
        import numpy as np  # noqa: PLC0415  # heavy: only where clients are compared

        for name in NUMBERED:
            self.of[name] = np.frombuffer(self._numbers[name], np.int32)
            self.text[name] = list(self._known[name])
        known: dict[str, int] = {"": 0}
        self.word = _matrix(self.text["words"], MOST_WORDS, known)[self.of["words"]]
        self.words = list(known)
        self.town_word = _matrix(self.text["town"], TOWN_WORDS, known)  # by town
        sites: dict[str, int] = {}
        side = [" ".join(word for word in text.split() if word in SITES) for text in self.text["name"]]
        number = np.array([sites.setdefault(one, len(sites)) for one in side], np.int32)
        self.site = number[self.of["name"]]
        self.person = _matrix(list(self._people), PEOPLE, {"": 0})[np.frombuffer(self._numbers["person"], np.int32)]
        self._known, self._people = {}, {}
        seen = np.bincount(self.word.ravel(), minlength=len(self.words)).astype(np.float32)
        if common is not None:
            seen = np.array([common.get(word, 1) for word in self.words], np.float32)
        self.seen = seen
        self.rarity = _rarity(seen, total or self.size)
        return self


def _matrix(texts: Sequence[str], width: int, known: dict[str, int]) -> Any:
    """The words of each text, numbered, one row a text; `known` learns those it had not met."""
    import numpy as np  # noqa: PLC0415  # heavy

    flat = array("i")
    for text in texts:
        some = [known.setdefault(word, len(known)) for word in text.split()[:width]]
        flat.extend(some + [0] * (width - len(some)))
    return np.frombuffer(flat, np.int32).reshape(-1, width)


def _rarity(seen: Any, total: int) -> Any:
    """How telling each word is, from this base itself: log of how many records it tells from; 1 for a rare one."""
    import numpy as np  # noqa: PLC0415  # heavy

    weight = np.log((total + 1000) / (seen + 3)) / np.log((total + 1000) / 4)
    weight = np.clip(weight, 0.05, 1) * 1.5
    weight[0] = 0
    return weight.astype(np.float32)
