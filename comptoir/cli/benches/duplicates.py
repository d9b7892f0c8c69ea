"""The whole base searched for duplicates: how well, against the truth, and how fast (G3).

The records are `invented`, a quarter of the entities written twice or three times by `spoiling`.
"""

import csv
import io
import random
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

from django.db import connection
from django.utils import timezone

from comptoir.cli.benches import invented, measure, spoiling
from comptoir.cli.benches.crowd import Crowd
from comptoir.clients import duplicates
from comptoir.clients.commands import clients, imports
from comptoir.clients.commands import duplicates as scans
from comptoir.clients.headers import COLUMNS
from comptoir.clients.queries import clients as clients_of
from comptoir.clients.states import Certainty

SIZE = 10_000
SEED = 2_026
CHANGED = 1_000

Pair = tuple[str, str]


def run(size: int) -> dict[str, Any]:
    """`seconds`: the whole scan, from the database and back into it; `again_seconds`: after a thousand changes.

    Precision and recall are of pairs. `best_f1`: over every threshold of the score.
    """
    crowd = Crowd.make(sessions=0, clients=0, courses=0)
    rows = base(size)
    with measure.clock() as poured:
        pour(crowd, rows)
    raw = _raw(crowd)
    began = time.process_time()
    with measure.clock() as took:
        scans.scan(organisation_id=crowd.by.organisation_id, at=crowd.at, whole=True)
    cpu = time.process_time() - began
    found = [(pair(left, right), level, score) for left, right, level, score, _why in _lines(crowd)]
    _touch(crowd)
    with measure.clock() as again:
        scans.scan(organisation_id=crowd.by.organisation_id, at=timezone.now())
    more = {
        "import_seconds": round(poured.seconds, 1),
        "cpu_seconds": round(cpu, 1),
        "again_seconds": round(again.seconds, 2),
    }
    return measure.answer(size=len(rows), seconds=took.seconds, raw_per_second=raw) | quality(found, truth(rows)) | more


def base(size: int, seed: int = SEED) -> list[tuple[str, invented.Record]]:
    """So many records, each with its id in the file: entities, a quarter of them twice, some three times."""
    dice = random.Random(seed)  # noqa: S311  # a draw that repeats, nothing secret
    rows: list[tuple[str, invented.Record]] = []
    for one in invented.entities(size, seed=seed):
        writings = [one] + [spoiling.spoilt(dice, one) for _time in range(dice.choices((0, 1, 2), (75, 20, 5))[0])]
        rows += [(f"{one.entity}-{time}", writing) for time, writing in enumerate(writings)]
        if len(rows) >= size:
            break
    dice.shuffle(rows)
    return rows[:size]


def pour(crowd: Crowd, rows: Iterable[tuple[str, invented.Record]]) -> None:
    """The records are clients, by the import that everybody uses."""
    imports.import_clients(source=written(rows), by=crowd.by, at=crowd.at)


def written(rows: Iterable[tuple[str, invented.Record]]) -> io.BytesIO:
    """The records as a file of an import."""
    text = io.StringIO()
    out = csv.writer(text, delimiter=";")
    out.writerow(COLUMNS)
    for name, one in rows:
        out.writerow(
            (name, one.name, one.siret, one.address, one.postcode, one.town, one.phone, one.email, one.contact)
        )
    return io.BytesIO(text.getvalue().encode())


def truth(rows: Iterable[tuple[str, invented.Record]]) -> set[Pair]:
    """Every two ids of one entity."""
    same = defaultdict(list)
    for name, one in rows:
        same[one.entity].append(name)
    return {pair(left, right) for names in same.values() for left, right in combinations(names, 2)}


def pair(left: str, right: str) -> Pair:
    """Two ids, whichever came first."""
    return (left, right) if left < right else (right, left)


def quality(found: Sequence[tuple[Pair, str, float]], true: set[Pair]) -> dict[str, Any]:
    """Precision and recall by level, and the best F1 over the score."""
    said: dict[str, Any] = {"pairs": len(true)}
    for name, levels in (("certain", {Certainty.CERTAIN}), ("probable", {Certainty.CERTAIN, Certainty.PROBABLE})):
        chosen = [one in true for one, level, _score in found if level in levels]
        said[f"{name}_precision"] = _share(sum(chosen), len(chosen))
        said[f"{name}_recall"] = _share(sum(chosen), len(true))
    right, best = 0, 0.0
    for rank, (one, _level, _score) in enumerate(sorted(found, key=lambda line: -line[2]), start=1):
        right += one in true
        best = max(best, 2 * right / (rank + len(true)))
    return said | {"f1": round(best, 4)}


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _lines(crowd: Crowd) -> Iterable[tuple[str, str, str, float, str]]:
    return duplicates.lines(organisation_id=crowd.by.organisation_id)


def _touch(crowd: Crowd) -> None:
    """A thousand clients have another telephone than before."""
    for pk in list(clients_of(seen_by=crowd.by).order_by("pk").values_list("pk", flat=True)[:CHANGED]):
        clients.change_client(client_id=pk, phone=f"04{pk % 10**8:08}", by=crowd.by, at=crowd.at)


def _raw(crowd: Crowd) -> float:
    """Profiles read a second by plain SQL: what any scan must at least read."""
    with measure.clock() as took, connection.cursor() as cursor:
        cursor.execute("select * from clients_profile where organisation_id = %s", [crowd.by.organisation_id])
        count = len(cursor.fetchall())
    return count / took.seconds
