"""Requests against the base: is the right client first, is a stranger left alone, and how soon (B6, G2).

Seven requests in ten come from clients of the base, otherwise written; one in ten from a sibling of a client that is
not in the base itself; the others from strangers.
"""

import random
import time
from typing import Any

from django.db import connection

from comptoir.cli.benches import duplicates, invented, measure, spoiling
from comptoir.cli.benches.crowd import Crowd
from comptoir.clients import matching_files
from comptoir.clients.commands import duplicates as scans
from comptoir.clients.states import Certainty

SIZE = 10_000
REQUESTS = 1_000
ALONE = 300  # asked one by one

Asked = tuple[str, int | None, invented.Record]  # kind, entity it is, what is written


def run(size: int) -> dict[str, Any]:
    """The percentiles are of one request asked alone; `seconds`: all of them as a file."""
    crowd = Crowd.make(sessions=0, clients=0, courses=0)
    rows = duplicates.base(size)
    duplicates.pour(crowd, rows)
    scans.scan(organisation_id=crowd.by.organisation_id, at=crowd.at, whole=True)  # what words are rare against
    asked = requests([one for _name, one in rows], min(REQUESTS, size))
    with measure.clock() as took:
        found = _matched(crowd, [written for _kind, _entity, written in asked])
    alone = [_alone(crowd, written) for _kind, _entity, written in asked[:ALONE]]
    figures = measure.answer(size=len(asked), seconds=took.seconds, raw_per_second=_raw(crowd))
    return figures | measure.percentiles(alone) | judged(asked, found) | {"clients": len(rows)}


def requests(known: list[invented.Record], count: int, seed: int = 7) -> list[Asked]:
    """The requests, drawn; none of the strangers or siblings is in the base."""
    dice = random.Random(seed)  # noqa: S311  # a draw that repeats, nothing secret
    firms = [one for one in known if one.siret]
    strangers = list(invented.entities(count, seed=seed + 1))
    asked: list[Asked] = []
    for number in range(count):
        draw = dice.random()
        if draw < 0.7:
            one = dice.choice(known)
            asked.append(("known", one.entity, spoiling.spoilt(dice, one)))
        elif draw < 0.8 and firms:
            asked.append(("sibling", None, invented.sibling(dice, dice.choice(firms), number)))
        else:
            asked.append(("stranger", None, strangers[number]))
    return asked


def judged(asked: list[Asked], found: list[matching_files.Line]) -> dict[str, Any]:
    """Shares: the right client first, another client, siblings and strangers taken; and how often as certain."""
    counts: dict[str, int] = {}
    for (kind, entity, _written), (_id, client, level, _score, _why) in zip(asked, found, strict=True):
        is_right = bool(client) and entity is not None and client.startswith(f"{entity}-")
        fate = "right" if is_right else "wrong" if client else "left"
        for name in (kind, f"{kind}_{fate}", *([f"{kind}_{fate}_certain"] if level == Certainty.CERTAIN else [])):
            counts[name] = counts.get(name, 0) + 1
    share = {name: round(counts.get(name, 0) / max(1, counts.get(name.partition("_")[0], 0)), 4) for name in SHARES}
    return share | {"certain_wrong": sum(count for name, count in counts.items() if name.endswith("wrong_certain"))}


SHARES = ("known_right", "known_wrong", "known_right_certain", "sibling_wrong", "stranger_wrong")


def _matched(crowd: Crowd, asked: list[invented.Record]) -> list[matching_files.Line]:
    source = duplicates.written(("", one) for one in asked)
    return list(matching_files.matched(source, organisation_id=crowd.by.organisation_id))


def _alone(crowd: Crowd, one: invented.Record) -> float:
    began = time.perf_counter()
    _matched(crowd, [one])
    return time.perf_counter() - began


def _raw(crowd: Crowd) -> float:
    """Clients read a second by their number, one by one, by plain SQL."""
    with measure.clock() as took, connection.cursor() as cursor:
        for number in range(ALONE):
            cursor.execute(
                "select id from clients_client where organisation_id = %s and number = %s",
                [crowd.by.organisation_id, f"C-{number:05}"],
            )
            cursor.fetchall()
    return ALONE / took.seconds
