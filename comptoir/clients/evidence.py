"""What speaks for two records being one client, and against: each comparison has named levels. Pure, in columns."""

from collections.abc import Sequence
from typing import Any

from rapidfuzz import fuzz, process

from comptoir.clients.columns import Columns
from comptoir.clients.traits import DOUBTFUL

# The levels of each comparison, in order: the numbers that `compare` gives, and the rows of the table of weights.
LEVELS = {
    "siren": ("unknown", "same_siret", "same_site_unknown", "same_siren", "near", "other"),
    "phone": ("unknown", "same", "near", "other"),
    "email": ("unknown", "same", "same_domain", "like", "other", "other_domain"),
    "town": ("unknown", "same", "near", "same_postcode", "same_department", "other"),
    "street": ("unknown", "same_door", "door_unknown", "same_street", "near", "other"),
    "person": ("unknown", "same", "part", "other"),
    "kind": ("unknown", "same", "one_side", "other"),
    "name": ("empty", "same", "close", "contained", "shares_rare", "shares", "near", "other"),
}


def compare(columns: Columns, i: Any, j: Any) -> dict[str, Any]:
    """The level of each comparison for the pairs (i, j), and how alike the names are (`shared`, `less`, `more`…)."""
    pair = Pairs(columns, i, j)
    name, more = pair.name()
    return {
        "siren": pair.siren(), "phone": pair.phone(), "email": pair.email(), "town": pair.town(),
        "street": pair.street(), "person": pair.person(), "kind": pair.kind(), "name": name, **more,
        "annexe": pair.annexe(),
    }  # fmt: skip


def beside(columns: Columns, i: Any, j: Any) -> dict[str, Any]:
    """What a request is asked for beside the score: whether the name is one word, or none but what kind of body it is;
    and the departments two.
    """
    pair = Pairs(columns, i, j)
    return {"brand": pair.brand(), "bare": pair.bare(), "far": pair.far()}


class Pairs:
    """Pairs of records, each comparison an array."""

    def __init__(self, columns: Columns, i: Any, j: Any) -> None:
        import numpy as np  # noqa: PLC0415  # heavy: only where clients are compared

        self.np, self.columns, self.i, self.j = np, columns, i, j

    def both(self, field: str) -> tuple[Any, Any, Any]:
        """Their values, and where both are known."""
        values = self.columns.of[field]
        a, b = values[self.i], values[self.j]
        return a, b, (a > 0) & (b > 0)

    def alike(self, field: str, where: Any, scorer: Any = None, least: float = 0) -> Any:
        """How alike the texts are (0 to 100), only where asked."""
        values, text = self.columns.of[field], self.columns.text[field]
        return self._texts(values, text, where, scorer or fuzz.ratio, least)

    def _texts(self, values: Any, text: Any, where: Any, scorer: Any, least: float) -> Any:
        np = self.np
        found = np.zeros(len(self.i), np.float32)
        places = np.flatnonzero(where)
        if len(places):
            a = [text[one] for one in values[self.i[places]].tolist()]
            b = [text[one] for one in values[self.j[places]].tolist()]
            found[places] = process.cpdist(a, b, scorer=scorer, score_cutoff=least, dtype=np.float32)
        return found

    def _first(self, conditions: Sequence[Any], levels: Sequence[int], default: int) -> Any:
        """The level of the first condition that is met; for a few pairs, a third of the time of numpy's own."""
        found = self.np.full(len(self.i), default, self.np.int64)
        for condition, level in zip(reversed(conditions), reversed(levels), strict=True):
            found[condition] = level
        return found

    def siren(self) -> Any:
        np = self.np
        a, b, known = self.both("siren")
        nic_a, nic_b, nics = self.both("nic")
        same = known & (a == b)
        near = self.alike("siren", known & ~same, least=80) >= 84
        sure = np.array([not text.startswith(DOUBTFUL) for text in self.columns.text["siren"]])
        denied = sure[a] & sure[b]
        return self._first(
            [~known, same & nics & (nic_a == nic_b), same & ~nics, same, near, denied], [0, 1, 2, 3, 4, 5], 0
        )

    def phone(self) -> Any:
        a, b, known = self.both("phone")
        near = self.alike("phone", known & (a != b), least=85) >= 88
        return self._first([~known, a == b, near], [0, 1, 2], 3)

    def email(self) -> Any:
        a, b, known = self.both("email")
        da, db, domains = self.both("domain")
        like = self.alike("email", known & (a != b) & ~(domains & (da == db)), least=85) >= 90
        return self._first([~known, a == b, domains & (da == db), like, domains], [0, 1, 2, 3, 5], 4)

    def town(self) -> Any:
        a, b, known = self.both("town")
        pa, pb, posts = self.both("postcode")
        ratio = self.alike("town", known & (a != b), least=60)
        department = self.departments()[self.columns.of["postcode"]]
        same_department = posts & (department[self.i] == department[self.j])
        near = (ratio >= 85) | ((ratio >= 65) & posts & (pa == pb)) | ((ratio >= 80) & same_department)
        same_post = posts & (pa == pb)
        return self._first(
            [known & (a == b), near, same_post & ~known, ~known & same_department & ~posts, ~known & ~posts,
             ~known & same_department, known & same_department, known | posts],
            [1, 2, 3, 0, 0, 4, 5, 5], 0,
        )  # fmt: skip

    def departments(self) -> Any:
        known: dict[str, int] = {}
        return self.np.array([known.setdefault(text[:2], len(known)) for text in self.columns.text["postcode"]])

    def street(self) -> Any:
        a, b, known = self.both("street")
        da, db, doors = self.both("door")
        same = known & (a == b)
        near = self.alike("street", known & ~same, fuzz.token_sort_ratio, 70) >= 80
        same_door = doors & (da == db)
        return self._first(
            [~known, same & same_door, same & ~doors, same, near & (same_door | ~doors), near], [0, 1, 2, 3, 4, 5], 5
        )

    def person(self) -> Any:
        np = self.np
        a, b = self.columns.person[self.i], self.columns.person[self.j]
        shared = ((a[:, :, None] == b[:, None, :]) & (a[:, :, None] > 0)).any(2).sum(1)
        least = np.minimum((a > 0).sum(1), (b > 0).sum(1))
        return self._first([least == 0, shared >= least, shared > 0], [0, 1, 2], 3)

    def kind(self) -> Any:
        a, b, known = self.both("kind")
        return self._first([(a == 0) & (b == 0), known & (a == b), ~known], [0, 1, 2], 3)

    def far(self) -> Any:
        """Two departments: towns of one name are often two towns."""
        a, b, known = self.both("postcode")
        department = self.departments()
        return known & (department[a] != department[b])

    def annexe(self) -> Any:
        """A town hall and one of its quarters' in the same town: two bodies that a hurried hand takes for one."""
        a, b, _known = self.both("kind")
        town_a, town_b, towns = self.both("town")
        text = self.columns.text["kind"]
        if "mairie" not in text or "annexe" not in text:
            return self.np.zeros(len(a), bool)
        hall, quarter = text.index("mairie"), text.index("annexe")
        return towns & (town_a == town_b) & (((a == hall) & (b == quarter)) | ((a == quarter) & (b == hall)))

    def bare(self) -> Any:
        """Neither has a word to its name: « Mairie », its town put aside."""
        words = self.columns.of["words"]
        return (words[self.i] == 0) & (words[self.j] == 0)

    def brand(self) -> Any:
        """A name of one word, of nothing whose kind is said: that of a group and of each of its firms."""
        a, b, known = self.both("kind")
        words_a, words_b = (self.columns.word[side] for side in (self.i, self.j))
        count = self.np.minimum((words_a > 0).sum(1), (words_b > 0).sum(1))
        return (count <= 1) & ~(known & (a == b))

    def _words(self) -> tuple[Any, Any, Any]:
        """The words of both names, and where they are the same ones.

        A record without a town may have it in its name: there the other's town says nothing of the name.
        """
        np, columns = self.np, self.columns
        ta, tb = columns.of["town"][self.i], columns.of["town"][self.j]
        wa, wb, _known = self.both("words")
        a, b, same = columns.word[self.i], columns.word[self.j], wa == wb
        for mine, own, other in ((a, ta, tb), (b, tb, ta)):
            bare = np.flatnonzero((own == 0) & (other > 0) & ~same)
            town = columns.town_word[other[bare]]
            mine[bare] *= ~(mine[bare][:, :, None] == town[:, None, :]).any(2)
        bare = np.flatnonzero(((ta == 0) ^ (tb == 0)) & ~same)
        same[bare] = (np.sort(a[bare]) == np.sort(b[bare])).all(1)
        return a, b, same

    def _same_body(self) -> Any:
        """« Mairie » and « Commune de Toulon », both in Toulon: what it is and the town are the whole name."""
        (kind_a, kind_b, kinds), (town_a, town_b, towns) = self.both("kind"), self.both("town")
        return kinds & towns & (kind_a == kind_b) & (town_a == town_b)

    def name(self) -> tuple[Any, dict[str, Any]]:
        np, columns = self.np, self.columns
        a, b, same = self._words()
        equal = (a[:, :, None] == b[:, None, :]) & (a[:, :, None] > 0)
        in_a, in_b = equal.any(2), equal.any(1)
        rare_a, rare_b = columns.rarity[a], columns.rarity[b]
        shared = (rare_a * in_a).sum(1)
        left_a, left_b = rare_a.sum(1) - shared, rare_b.sum(1) - (rare_b * in_b).sum(1)
        wa, wb = a.any(1), b.any(1)
        ratio = self.alike("words", ~same, fuzz.ratio, 0)
        ratio[same] = 100
        na, nb, names = self.both("name")
        whole = self.alike("name", (na != nb) & names)
        whole[(na == nb) & names] = 100
        either = ~wa | ~wb
        less, more = np.minimum(left_a, left_b), np.maximum(left_a, left_b)
        level = self._first(
            [same & wa, ~wa & ~wb & ((na == nb) | self._same_body()), either, ratio >= 84,
             (less < 0.01) & (shared > 0.8), (less < 0.01) & (shared > 0),
             shared > 0.8, (ratio >= 65) & (shared < 0.3), shared > 0.25],
            [1, 1, 0, 2, 3, 5, 4, 6, 5], 7,
        )  # fmt: skip
        site_a, site_b = columns.site[self.i], columns.site[self.j]
        return level, {"shared": shared, "less": less, "more": more, "whole": whole, "site": site_a != site_b}
