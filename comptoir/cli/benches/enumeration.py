"""Whether the time of an answer tells an account that exists from one that does not (T56).

The area under the curve is that of the best guesser by time alone: 0.5 knows nothing, 1 knows all. Words, status and
length are compared too: one answer for everybody.
"""

import random
import time
from typing import Any

from django.test import Client

from comptoir.accounts import commands as accounts
from comptoir.cli.benches import measure
from comptoir.cli.benches.crowd import Crowd

SIZE = 300  # answers to known accounts, and as many to unknown ones, at each door
PASSWORD = "le-banc-mesure-tout"  # noqa: S105  # of accounts that live as long as the bench
WRONG = "pas-celui-la-du-tout"
WARM = 5
DOORS = {
    "signing_in": ("/banc/compte/connexion/", lambda name: {"login": name, "password": WRONG}),
    "forgotten": ("/banc/compte/mot-de-passe/oublie/", lambda name: {"email": f"{name}@banc.exemple"}),
}


def run(size: int) -> dict[str, Any]:
    """At each door `auc`, the answers (how many differ in status, length or words), p50 of known and of unknown."""
    crowd = Crowd.make(sessions=1, clients=1)
    known = [f"banc{number:05}" for number in range(size + WARM)]
    for name in known:
        accounts.open_account(login=name, email=f"{name}@banc.exemple", password=PASSWORD, at=crowd.at)
    unknown = [f"rien{number:05}" for number in range(size + WARM)]
    with measure.clock() as took:
        doors = {name: _door(address, typed, known, unknown) for name, (address, typed) in DOORS.items()}
    worst = max(float(one["auc"]) for one in doors.values())
    return measure.answer(size=size, seconds=took.seconds) | {"per_second": None, "auc": worst, "doors": doors}


def _door(address: str, typed: Any, known: list[str], unknown: list[str]) -> dict[str, Any]:
    """Known and unknown in turn, in an order that chance chose, each from a machine of its own."""
    answers: dict[bool, list[tuple[float, tuple[int, int]]]] = {True: [], False: []}
    asked = [(True, name) for name in known] + [(False, name) for name in unknown]
    random.Random(7).shuffle(asked)  # noqa: S311  # the same order each time
    for number, (is_known, name) in enumerate(asked):
        browser = Client(
            headers={"host": "127.0.0.1:8000"}, REMOTE_ADDR=f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"
        )
        began = time.perf_counter()
        answer = browser.post(address, typed(name))
        took = time.perf_counter() - began
        said = answer.content.replace(name.encode(), b"")
        answers[is_known].append((took, (answer.status_code, len(said))))
    seconds = {one: [took for took, _said in some[WARM:]] for one, some in answers.items()}
    seen = {one: {said for _took, said in some} for one, some in answers.items()}
    return {
        "auc": round(_auc(seconds[True], seconds[False]), 3), "answers_apart": len(seen[True] ^ seen[False]),
        "status": sorted({status for some in seen.values() for status, _length in some}),
        "known_p50_ms": measure.percentiles(seconds[True])["p50_ms"],
        "unknown_p50_ms": measure.percentiles(seconds[False])["p50_ms"],
    }  # fmt: skip


def _auc(some: list[float], others: list[float]) -> float:
    """How often one of `some` took longer than one of `others`; told from either side, so never below a half."""
    ranked = sorted([(took, True) for took in some] + [(took, False) for took in others])
    ranks = sum(rank for rank, (_took, is_mine) in enumerate(ranked, 1) if is_mine)
    wins = ranks - len(some) * (len(some) + 1) / 2
    share = wins / (len(some) * len(others))
    return max(share, 1 - share)
