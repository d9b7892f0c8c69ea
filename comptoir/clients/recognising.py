"""Who of our clients is this? Requests against the base, through look-up keys: nothing is loaded before (G2, B6).

T62: never for a requester's eyes. It says who our clients are.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import batched
from typing import Any, NamedTuple

from comptoir.base.text import folded
from comptoir.clients.blocking import keys_asked
from comptoir.clients.columns import Columns
from comptoir.clients.evidence import LEVELS, beside
from comptoir.clients.keys import phone_digits
from comptoir.clients.models import DuplicateScan
from comptoir.clients.scale import USUAL, Scale, scale_of
from comptoir.clients.scoring import Scored, namesake, one_name, reasons, score
from comptoir.clients.sharing import COMMON, LIVING, PEOPLE, bearers, rows
from comptoir.clients.states import Certainty, ScanState
from comptoir.clients.traits import Traits, restored

MOST = 30  # clients under one key; a name that more bear in one town tells nobody anyway
AT_ONCE = 10_000  # ids in one statement
_SAME_SIRET = LEVELS["siren"].index("same_siret")
_TOLD = (
    "siren", "name", "town", "kind", "site", "phone", "email", "street", "person", "less", "more",
    "whole",
)  # comparisons that decide beside the score  # fmt: skip


class Asked(NamedTuple):
    """A request: its traits, clients it names (weighed whatever the score), and others to weigh beside its keys'."""

    traits: Traits
    named: Collection[int] = ()
    also: Collection[int] = ()


class Weighed(NamedTuple):
    """A client on the scales. `certain`: by the engine alone; `levels`: what the comparisons showed, by name."""

    client_id: int
    score: float
    certain: bool
    reason: str
    levels: dict[str, float]


class Likely(NamedTuple):
    """A client that a request may come from."""

    client_id: int
    level: str
    score: float
    reason: str


def total(organisation_id: int) -> int:
    """How many clients the last whole scan saw: what words are rare against."""
    whole = DuplicateScan.objects.filter(organisation_id=organisation_id, is_whole=True, state=ScanState.DONE)
    return whole.order_by("-pk").values_list("total", flat=True).first() or 0


def likely(one: Traits, *, organisation_id: int, records: int | None = None, most: int = 5) -> list[Likely]:
    """The clients most like it, the likeliest first, by the engine alone; six statements whatever the base.

    `records`: what `total` answers, when it is asked once for many requests.
    """
    scale = scale_of(organisation_id)
    all_of_them = scale._replace(asked=scale.probable)
    found = weighed([Asked(one)], organisation_id=organisation_id, records=records, scale=all_of_them)[0]
    return [Likely(one.client_id, level_of(one, scale), round(one.score, 4), one.reason) for one in found[:most]]


def level_of(one: Weighed, scale: Scale) -> str:
    """Certain, probable or none, by the engine alone, on the scale it was weighed by."""
    if one.certain:
        return str(Certainty.CERTAIN)
    return str(Certainty.PROBABLE if one.score >= scale.asked else Certainty.NONE)


def weighed(
    asked: Sequence[Asked], *, organisation_id: int, records: int | None = None, scale: Scale = USUAL
) -> list[list[Weighed]]:
    """For each request, in order, the clients that it may be by this scale, and those of its SIRET or that it names.

    The likeliest first; five statements for all of them. A client merged into another is nobody's (G6).
    """
    pairs = _side_by_side(asked, organisation_id)
    found: list[list[Weighed]] = [[] for _one in asked]
    if not pairs.owner:
        return found
    import numpy as np  # noqa: PLC0415  # heavy: only where clients are compared

    columns = Columns()
    columns.add([one.traits for one in asked])
    columns.add(pairs.met)
    columns.close(_common(columns, organisation_id), total(organisation_id) if records is None else records)
    owner, row = np.array(pairs.owner, np.int64), np.array(pairs.row, np.int64) + len(asked)
    judged = score(columns, owner, row, certain=scale.certain, probable=scale.probable)
    named = [pk in asked[request].named for pk, request in zip(pairs.client, pairs.owner, strict=True)]
    same_site = judged.levels["siren"] == _SAME_SIRET
    alike = namesake(judged.levels)
    chosen = np.flatnonzero((judged.score >= scale.asked) | alike | same_site | np.array(named, bool))
    chosen = chosen[np.argsort(-judged.score[chosen], kind="stable")]
    more = {"undisputed": one_name(judged.levels)[chosen], "namesake": alike[chosen]}
    more |= beside(columns, owner[chosen], row[chosen])
    for place, one in zip(chosen.tolist(), _told(judged, chosen, more, pairs.client), strict=True):
        found[pairs.owner[place]].append(one)
    return found


class Pairs(NamedTuple):
    """Requests and clients to weigh, one place a pair: which request, which client, and its row in `met`."""

    owner: list[int]
    client: list[int]
    row: list[int]
    met: list[Traits]  # each client once, and once more as a request meets it through a contact


def _side_by_side(asked: Sequence[Asked], organisation_id: int) -> Pairs:
    own = [keys_asked(one.traits) for one in asked]
    shared = bearers(set().union(*own), organisation_id=organisation_id, most=MOST)
    wanted = [
        sorted({pk for key in some for pk in shared[key]}.union(one.named, one.also))
        for one, some in zip(asked, own, strict=True)
    ]
    ids = sorted(set().union(*wanted))
    known = dict(_profiles(ids))
    people = _people(known)
    pairs = Pairs([], [], [], list(known.values()))
    place = {pk: row for row, pk in enumerate(known)}
    for request, some in enumerate(wanted):
        for pk in some:
            if pk not in known:
                continue
            met = _met(known[pk], asked[request].traits, people[pk]) if pk in people else known[pk]
            pairs.owner.append(request)
            pairs.client.append(pk)
            pairs.row.append(place[pk] if met is known[pk] else len(pairs.met))
            if met is not known[pk]:
                pairs.met.append(met)
    return pairs


def _profiles(ids: Sequence[int]) -> Iterator[tuple[int, Traits]]:
    for some in batched(ids, AT_ONCE):
        for pk, text in rows(LIVING, some):
            yield pk, restored(text)


def _people(ids: Iterable[int]) -> dict[int, list[tuple[str, str, str]]]:
    """By client, the address, the phone and the name of each of its contacts."""
    found: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    for some in batched(ids, AT_ONCE):
        for pk, email, phone, *name in rows(PEOPLE, some):
            found[pk].append((email, phone, " ".join(name)))
    return found


def _met(client: Traits, one: Traits, people: Iterable[tuple[str, str, str]]) -> Traits:
    """The record with what the request shares with any of its contacts: whoever writes, the client is the same."""
    for email, phone, name in people:
        if email and email == one.email:
            client = client._replace(email=one.email, domain=one.domain)
        if phone and one.phone and phone_digits(phone) == one.phone:
            client = client._replace(phone=one.phone)
        if one.person and set(one.person.split()) <= set(folded(name).split()):
            client = client._replace(person=one.person)
    return client


def _told(judged: Scored, chosen: Any, more: dict[str, Any], clients: Sequence[int]) -> Iterator[Weighed]:
    levels = {name: judged.levels[name][chosen].tolist() for name in _TOLD}
    levels |= {name: some.tolist() for name, some in more.items()}
    said = reasons(judged.levels, chosen)
    points, sure = judged.score[chosen].tolist(), judged.certain[chosen].tolist()
    for at, place in enumerate(chosen.tolist()):
        shown = {name: some[at] for name, some in levels.items()}
        yield Weighed(clients[place], points[at], sure[at], said[at], shown)


def _common(columns: Columns, organisation_id: int) -> dict[str, int]:
    words = {word for text in columns.texts("words") for word in text.split()}
    return dict(rows(COMMON, words, organisation_id))
