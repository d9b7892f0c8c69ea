"""Who of our clients is this? A request against the base, through look-up keys: nothing is loaded before (G2, B6).

T62: never for a requester's eyes. It says who our clients are.
"""

from typing import NamedTuple

from comptoir.clients.blocking import keys
from comptoir.clients.columns import Columns
from comptoir.clients.models import CommonWord, DuplicateScan, Profile
from comptoir.clients.scoring import CERTAIN, PROBABLE, reasons, score
from comptoir.clients.sharing import bearers
from comptoir.clients.states import Certainty, ScanState
from comptoir.clients.traits import Traits, restored

MOST = 30  # clients under one key; a name that more bear in one town tells nobody anyway
PROBABLE_HERE = 0.5  # a request taken for a client asks for more than a pair worth a look
SURE_LEAD = 0.25  # by how much the first must lead for nobody to have to choose


class Likely(NamedTuple):
    """A client that a request may come from."""

    client_id: int
    level: str
    score: float
    reason: str


def total(organisation_id: int) -> int:
    """How many clients the last whole scan saw: what words are rare against."""
    rows = DuplicateScan.objects.filter(organisation_id=organisation_id, is_whole=True, state=ScanState.DONE)
    return rows.order_by("-pk").values_list("total", flat=True).first() or 0


def likely(one: Traits, *, organisation_id: int, records: int | None = None, most: int = 5) -> list[Likely]:
    """The clients most like it, the likeliest first; four statements whatever the base. Certain: one alone is.

    `records`: what `total` answers, when it is asked once for many requests.
    """
    import numpy as np  # noqa: PLC0415  # heavy: only where clients are compared

    found = bearers(keys(one), organisation_id=organisation_id, most=MOST)
    ids = sorted({client_id for some in found.values() for client_id in some})
    rows = list(Profile.objects.filter(client__in=ids).values_list("client_id", "traits")) if ids else []
    if not rows:
        return []
    columns = Columns()
    columns.add([one, *(restored(text) for _pk, text in rows)])
    columns.close(_common(columns, organisation_id), total(organisation_id) if records is None else records)
    others = np.arange(1, len(rows) + 1)
    judged = score(columns, np.zeros(len(rows), np.int64), others)
    order = np.argsort(-judged.score, kind="stable")
    order = order[judged.score[order] >= PROBABLE][:most]
    said = reasons(judged.levels, order)
    return [
        Likely(rows[place][0], _level(bool(judged.certain[place]), float(judged.score[place])),
               round(float(judged.score[place]), 4), reason)
        for place, reason in zip(order.tolist(), said, strict=True)
    ]  # fmt: skip


def _level(certain: bool, points: float) -> str:
    if certain and points >= CERTAIN:
        return str(Certainty.CERTAIN)
    return str(Certainty.PROBABLE if points >= PROBABLE_HERE else Certainty.NONE)


def _common(columns: Columns, organisation_id: int) -> dict[str, int]:
    words = {word for text in columns.texts("words") for word in text.split()}
    rows = CommonWord.objects.filter(organisation_id=organisation_id, word__in=words)
    return dict(rows.values_list("word", "count"))
