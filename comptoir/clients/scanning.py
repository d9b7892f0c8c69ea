"""Look for duplicates: over the whole base in columns, or for the clients that changed, by their look-up keys."""

from array import array
from collections.abc import Callable, Iterable
from itertools import batched
from typing import Any

from django.db import transaction
from django.db.models import Max

from comptoir.base.pouring import pour
from comptoir.clients import keeping
from comptoir.clients.blocking import keys, pairs
from comptoir.clients.columns import Columns
from comptoir.clients.models import CommonWord, LookupKey, Profile, RefusedPair, Suspicion, ToCompare
from comptoir.clients.scale import scale_of
from comptoir.clients.scoring import reasons, score
from comptoir.clients.sharing import bearers
from comptoir.clients.states import Certainty
from comptoir.clients.traits import restored

PAGE = 20_000  # records read, pairs written, at once
SOME = 2_000  # changed clients seen to in one transaction
AT_ONCE = 500_000  # pairs on the scales together: what bounds the memory
COMMON = 20  # records that bear a word before it is worth counting
Step = Callable[[int, int], object]  # how many of how many
_COLUMNS = ("organisation_id", "left_id", "right_id", "level", "score", "reason")


def whole(organisation_id: int, *, step: Step) -> dict[str, int]:
    """Every pair of the base that may be one client is written anew; the numbers found, by level."""
    keeping.heal(organisation_id)
    waiting = ToCompare.objects.filter(organisation_id=organisation_id)
    seen_to = waiting.aggregate(last=Max("pk"))["last"] or 0  # what is written from here on is the next scan's
    ids, columns, (left, right) = _read(organisation_id, step)
    found = list(_judged(organisation_id, ids, columns, left, right))
    words = [(organisation_id, word[:200], int(count)) for word, count in _common(columns)]
    with transaction.atomic():
        for model in (Suspicion, CommonWord):
            rows = model.objects.filter(organisation_id=organisation_id)
            rows._raw_delete(rows.db)
        pour(CommonWord, ("organisation_id", "word", "count"), words)
        pour(Suspicion, _COLUMNS, _written(organisation_id, found))
        done = waiting.filter(pk__lte=seen_to)
        done._raw_delete(done.db)
    step(columns.size, columns.size)
    return _counts(found)


def changed(organisation_id: int, *, total: int, step: Step) -> dict[str, int]:
    """The pairs of the clients written since the last scan are written anew; the numbers found, by level."""
    keeping.heal(organisation_id)
    waiting = ToCompare.objects.filter(organisation_id=organisation_id).order_by("pk")
    rows = list(waiting.values_list("pk", "client_id"))
    found: list[tuple[Any, ...]] = []
    for some in batched(rows, SOME):
        mine = sorted({client_id for _pk, client_id in some})
        part = _around(organisation_id, mine, total)
        with transaction.atomic():
            for side in ("left__in", "right__in"):
                Suspicion.objects.filter(**{side: mine})._raw_delete("default")
            pour(Suspicion, _COLUMNS, _written(organisation_id, part))
            ToCompare.objects.filter(pk__in=[pk for pk, _client in some]).delete()
        found += part
        step(len(some), len(rows))
    return _counts(found)


def _read(organisation_id: int, step: Step) -> tuple[Any, Columns, tuple[Any, Any]]:
    import numpy as np  # noqa: PLC0415  # heavy: only where clients are compared

    rows = Profile.objects.filter(organisation_id=organisation_id).order_by("client_id")
    total, ids, key, place = rows.count(), array("q"), array("q"), array("i")
    columns = Columns()
    last = 0
    while page := list(rows.filter(client_id__gt=last).values_list("client_id", "traits")[:PAGE]):
        some = [restored(text) for _pk, text in page]
        for index, one in enumerate(some, len(ids)):
            own = keys(one)
            key.extend(own)
            place.extend([index] * len(own))
        columns.add(some)
        ids.extend([pk for pk, _text in page])
        last = page[-1][0]
        step(len(ids), total + total // 2)
    columns.close()
    both = pairs(np.frombuffer(key, np.int64), np.frombuffer(place, np.int32), max(len(ids), 1))
    return np.frombuffer(ids, np.int64), columns, both


def _judged(organisation_id: int, ids: Any, columns: Columns, left: Any, right: Any) -> Iterable[tuple[Any, ...]]:
    """The pairs worth a look, refused ones left out: arrays of left id, right id, certain, score, and the reasons."""
    import numpy as np  # noqa: PLC0415  # heavy

    refused = set(RefusedPair.objects.filter(organisation_id=organisation_id).values_list("left_id", "right_id"))
    scale = scale_of(organisation_id)
    for start in range(0, len(left), AT_ONCE):
        i, j = left[start : start + AT_ONCE], right[start : start + AT_ONCE]
        judged = score(columns, i, j, certain=scale.certain, probable=scale.probable)
        chosen = judged.probable
        if refused:
            told = (pair not in refused for pair in zip(ids[i].tolist(), ids[j].tolist(), strict=True))
            chosen = chosen & np.fromiter(told, bool, len(i))
        chosen = np.flatnonzero(chosen)
        said = reasons(judged.levels, chosen)
        yield ids[i[chosen]], ids[j[chosen]], judged.certain[chosen], judged.score[chosen], said


def _around(organisation_id: int, mine: list[int], total: int) -> list[tuple[Any, ...]]:
    import numpy as np  # noqa: PLC0415  # heavy

    own = list(LookupKey.objects.filter(client__in=mine).values_list("key", "client_id"))
    found = bearers({key for key, _client in own}, organisation_id=organisation_id)
    ties = {(min(a, b), max(a, b)) for key, a in own for b in found[key] if a != b}
    if not ties:
        return []
    ids = sorted({one for tie in ties for one in tie})
    texts: dict[int, str] = {}
    for some in batched(ids, PAGE):
        texts |= dict(Profile.objects.filter(client__in=some).values_list("client_id", "traits"))
    known = [pk for pk in ids if pk in texts]
    place = {pk: index for index, pk in enumerate(known)}
    columns = Columns()
    columns.add([restored(texts[pk]) for pk in known])
    columns.close(common(organisation_id), total)
    some_ties = [(place[a], place[b]) for a, b in sorted(ties) if a in place and b in place]
    both = np.array(some_ties, np.int64).reshape(-1, 2)
    return list(_judged(organisation_id, np.array(known, np.int64), columns, both[:, 0], both[:, 1]))


def common(organisation_id: int) -> dict[str, int]:
    """The words that many names bear, with how many."""
    return dict(CommonWord.objects.filter(organisation_id=organisation_id).values_list("word", "count"))


def _common(columns: Columns) -> list[tuple[str, float]]:
    least = max(COMMON, columns.size // 20_000)
    return [(word, count) for word, count in zip(columns.words, columns.seen.tolist(), strict=True)
            if word and count >= least]  # fmt: skip


def _written(organisation_id: int, found: Iterable[tuple[Any, ...]]) -> Iterable[tuple[object, ...]]:
    levels = (str(Certainty.PROBABLE), str(Certainty.CERTAIN))
    for left, right, certain, points, said in found:
        rows = zip(left.tolist(), right.tolist(), certain.tolist(), points.tolist(), said, strict=True)
        for first, second, is_certain, point, reason in rows:
            yield organisation_id, first, second, levels[is_certain], round(point, 4), reason


def _counts(found: Iterable[tuple[Any, ...]]) -> dict[str, int]:
    certain = sum(int(part[2].sum()) for part in found)
    return {"certain": certain, "probable": sum(len(part[0]) for part in found) - certain}
