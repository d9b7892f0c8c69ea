"""What two records must share to be compared at all: look-up keys of one, pairs of many. No key makes a crowd slow."""

from typing import Any

from comptoir.clients.traits import DOUBTFUL, Traits, digest

CROWD = 40  # records under one key that are all compared with one another
NEIGHBOURS = 10  # in a larger crowd, each with the next ones only


def keys(one: Traits) -> set[int]:
    """The keys of a record: numbers and addresses whole; words, streets and people within its town or postcode; its
    name with its street or domain, for those whose town is missing or mistyped.
    """
    words, siren = one.words.split(), one.siren.lstrip(DOUBTFUL)
    found = _known(("s", siren), ("t", one.phone), ("e", one.email))
    for place in (one.town, one.postcode and f"p{one.postcode}"):
        if place:
            found += _there(one, words, siren, place)
    if department := one.postcode[:2]:
        found += _known(("D", one.domain, department), ("n", one.words, one.kind, department))
    if words:
        found += [("x", one.words, one.kind, one.street, one.door)] if one.street else []
        found += [("y", one.words, one.domain)] if one.domain else []
    if not one.town:
        found += _in_its_name(one, words)
    return {digest(*part) for part in found}


def _known(*parts: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [part for part in parts if part[1]]


def _there(one: Traits, words: list[str], siren: str, place: str) -> list[tuple[str, ...]]:
    """What it is found by in its town or postcode."""
    found = [("w", word[:5], place) for word in words] + _known(("d", one.domain, place))
    if one.kind or not words:  # a word mistyped at its beginning
        found.append(("k", one.kind, place))
    if " " in one.person:
        found.append(("P", one.person, place))
    if siren:  # one wrong digit
        found += [("s5", siren[:5], place), ("s6", siren[4:], place)]
    return [*found, ("a", one.street, one.door, place)] if one.street else found


def _in_its_name(one: Traits, words: list[str]) -> list[tuple[str, ...]]:
    """The keys of a record without a town: a word of its name may be the town."""
    towns = [word for word in words[:4] if len(word) > 2]
    found: list[tuple[str, ...]] = [("w", word[:5], town) for word in towns for town in towns if word != town]
    if one.kind:
        found += [("k", one.kind, town) for town in towns]
    return found if one.postcode else [*found, ("N", one.words, one.kind)]


def keys_asked(one: Traits) -> set[int]:
    """Those a request is looked up by: also its name among the records that have no place."""
    return keys(one) | ({digest("N", one.words, one.kind)} if one.words else set())


def pairs(key: Any, place: Any, size: int) -> tuple[Any, Any]:
    """The pairs of places (i < j) that share a key; `key` and `place` are arrays side by side."""
    import numpy as np  # noqa: PLC0415  # heavy: only where clients are compared

    order = np.argsort(key, kind="stable")
    key, place = key[order], place[order].astype(np.int64)
    starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
    counts = np.diff(np.r_[starts, len(key)])
    small = np.repeat(counts, counts) <= CROWD
    found = []
    for step in range(1, CROWD):
        same = key[step:] == key[:-step]
        if step > NEIGHBOURS:
            same &= small[step:]
        if not same.any():
            break
        found.append(np.unique(place[:-step][same] * size + place[step:][same]))
    both = np.unique(np.concatenate(found)) if found else np.empty(0, np.int64)
    return both // size, both % size
