"""What two records must share to be compared at all: look-up keys of one, pairs of many. No key makes a crowd slow."""

from typing import Any

from comptoir.clients.traits import Traits, digest

CROWD = 40  # records under one key that are all compared with one another
NEIGHBOURS = 10  # in a larger crowd, each with the next ones only


def keys(one: Traits) -> set[int]:
    """The keys of a record: numbers and addresses whole; words, streets and domains within its town or postcode."""
    places = [place for place in (one.town, one.postcode and f"p{one.postcode}") if place]
    words = one.words.split()
    found: list[tuple[str, ...]] = [part for part in (("s", one.siren), ("t", one.phone), ("e", one.email)) if part[1]]
    for place in places:
        if one.domain:
            found.append(("d", one.domain, place))
        if one.street:
            found.append(("a", one.street, one.door, place))
        found += [("w", word[:5], place) for word in words] or [("k", one.kind, place)]
        if one.siren:  # one wrong digit
            found += [("s5", one.siren[:5], place), ("s6", one.siren[4:], place)]
    if department := one.postcode[:2]:
        if one.domain:
            found.append(("D", one.domain, department))
        if one.words:
            found.append(("n", one.words, one.kind, department))
    return {digest(*part) for part in found}


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
