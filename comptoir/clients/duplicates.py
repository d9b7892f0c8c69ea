"""Read what the scans found: pairs that may be one client, a client's likely duplicates, groups, progress (G3)."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When

from comptoir.clients.models import Client, DuplicateScan, FormerNumber, RefusedPair, Suspicion
from comptoir.clients.perimeter import sees_clients
from comptoir.clients.queries import kept
from comptoir.clients.states import Certainty
from comptoir.organisations.actors import Actor

_ID = "[0-9]{1,18}"
_MARK = re.compile(rf"(?P<level>certain|probable)_(?P<score>[01]\.[0-9]{{1,17}})_(?P<left>{_ID})_(?P<right>{_ID})")


@dataclass(frozen=True)
class Group:
    """Clients tied by pairs, ids in order. `level`: certain when they hold together by certain pairs alone."""

    client_ids: tuple[int, ...]
    level: str
    score: float  # of its surest pair


def pairs(*, seen_by: Actor, level: str | None = None) -> QuerySet[Suspicion]:
    """The pairs that may be one client (`left`, `right`, `level`, `score`, `reason`), the surest first."""
    rows = _living(seen_by.organisation_id)
    if not sees_clients(seen_by):
        rows = rows.none()
    if level is not None:
        rows = rows.filter(level=level)
    return rows.select_related("left", "right").order_by("level", "-score", "left_id", "right_id")


def _living(organisation_id: int) -> QuerySet[Suspicion]:
    """The pairs of records that were not merged into another: that one was judged."""
    emptied = FormerNumber.objects.filter(organisation_id=organisation_id).values("former_id")
    return Suspicion.objects.filter(organisation_id=organisation_id).exclude(
        Q(left_id__in=emptied) | Q(right_id__in=emptied)
    )


def pairs_after(mark: str, *, seen_by: Actor, level: str | None = None, limit: int) -> tuple[list[Suspicion], str]:
    """So many pairs, the surest first, after that mark (given with those before); their own mark, '' at the end.

    An unreadable mark begins again.
    """
    rows = pairs(seen_by=seen_by, level=level)
    if found := _MARK.fullmatch(mark):
        score, left, right = float(found["score"]), int(found["left"]), int(found["right"])
        further = (
            Q(score__lt=score) | Q(score=score, left_id__gt=left) | Q(score=score, left_id=left, right_id__gt=right)
        )
        rows = rows.filter(Q(level__gt=found["level"]) | Q(level=found["level"]) & further)
    some = list(rows[: limit + 1])
    last = some[limit - 1] if len(some) > limit else None
    return some[:limit], f"{last.level}_{last.score!r}_{last.left_id}_{last.right_id}" if last else ""


def pairs_of(client_id: int, *, seen_by: Actor) -> QuerySet[Suspicion]:
    """The pairs of one client, the surest first, with `other_id`: the client at the other end."""
    other = Case(When(left_id=client_id, then=F("right_id")), default=F("left_id"))
    # Two look-ups, each by its own index: neither database joins an OR over two columns well in a million pairs.
    mine = (
        Suspicion.objects.filter(left_id=client_id)
        .values("pk")
        .union(Suspicion.objects.filter(right_id=client_id).values("pk"), all=True)
    )
    return pairs(seen_by=seen_by).filter(pk__in=mine).annotate(other_id=other)


def level_of(client_id: int, *, seen_by: Actor) -> str:
    """The colour of a client: certain, probable or none."""
    return levels([client_id], seen_by=seen_by)[client_id]


def levels(client_ids: Iterable[int], *, seen_by: Actor) -> dict[int, str]:
    """The colour of each: two statements for a page of clients."""
    ids = list(client_ids)
    found = dict.fromkeys(ids, str(Certainty.NONE))
    rows = pairs(seen_by=seen_by).select_related(None).order_by()
    for side in ("left_id", "right_id"):
        for one, level in rows.filter(**{f"{side}__in": ids}).values_list(side, "level"):
            if found[one] != Certainty.CERTAIN:
                found[one] = level
    return found


def clients_with(level: str, *, seen_by: Actor) -> QuerySet[Client]:
    """The clients of one colour; a record merged into another has none."""
    own = kept(Client.objects.filter(organisation_id=seen_by.organisation_id), organisation_id=seen_by.organisation_id)
    rows = own if sees_clients(seen_by) else own.none()
    pairs = _living(seen_by.organisation_id)
    certain, probable = pairs.filter(level=Certainty.CERTAIN), pairs.filter(level=Certainty.PROBABLE)
    if level == Certainty.CERTAIN:
        return rows.filter(pk__in=_sides(certain))
    if level == Certainty.PROBABLE:
        return rows.filter(pk__in=_sides(probable)).exclude(_is_in(certain))
    return rows.exclude(_is_in(pairs))


def _sides(pairs: QuerySet[Suspicion]) -> QuerySet[Suspicion, Any]:
    return pairs.values(one=F("left_id")).union(pairs.values(one=F("right_id")))


def _is_in(pairs: QuerySet[Suspicion]) -> Q:
    """Looked up for each client: a list of those to leave out, too long to be held, PostgreSQL would read for each."""
    return Q(Exists(pairs.filter(left=OuterRef("pk")))) | Q(Exists(pairs.filter(right=OuterRef("pk"))))


def groups(*, seen_by: Actor, level: str | None = None) -> list[Group]:
    """Connected pairs: of certain ones alone with `level="certain"`, else of all. The surest groups first."""
    rows = pairs(seen_by=seen_by, level=level).select_related(None).order_by()
    root: dict[int, int] = {}

    def head(one: int) -> int:
        while (up := root.setdefault(one, one)) != one:
            root[one] = root[up]
            one = root[one]
        return one

    ties = list(rows.values_list("left_id", "right_id", "level", "score"))
    for left, right, _level, _score in ties:
        root[head(left)] = head(right)
    members, signs = defaultdict(list), defaultdict(list)
    for one in root:
        members[head(one)].append(one)
    for left, _right, its, score in ties:
        signs[head(left)].append((its == Certainty.CERTAIN, score))
    found = [_group(members[one], signs[one]) for one in members]
    return sorted(found, key=lambda group: (group.level, -group.score, group.client_ids))


def _group(ids: list[int], signs: list[tuple[bool, float]]) -> Group:
    level = Certainty.CERTAIN if all(certain for certain, _score in signs) else Certainty.PROBABLE
    return Group(tuple(sorted(ids)), str(level), max(score for _certain, score in signs))


def refused_pairs(*, seen_by: Actor) -> QuerySet[RefusedPair]:
    """The pairs a person said are two clients, the last said first; of a record merged into another, none."""
    emptied = FormerNumber.objects.filter(organisation_id=seen_by.organisation_id).values("former_id")
    rows = RefusedPair.objects.filter(organisation_id=seen_by.organisation_id)
    rows = rows.exclude(Q(left_id__in=emptied) | Q(right_id__in=emptied))
    rows = rows if sees_clients(seen_by) else rows.none()
    return rows.select_related("left", "right", "refused_by").order_by("-refused_at", "-pk")


def last_scan(*, seen_by: Actor) -> DuplicateScan | None:
    """The scan under way, else the last one: its state, `position` of `total`, what it found."""
    rows = DuplicateScan.objects.filter(organisation_id=seen_by.organisation_id)
    return rows.order_by("-id").first() if sees_clients(seen_by) else None


def lines(*, organisation_id: int) -> Iterator[tuple[str, str, str, float, str]]:
    """Every pair of the last scan for a file: left, right (ids as imported, else numbers), level, score, reason."""
    names = "left__imported_id", "left__number", "right__imported_id", "right__number", "level", "score", "reason"
    rows = _living(organisation_id).order_by("-score", "left_id", "right_id")
    for left, left_number, right, right_number, level, score, reason in rows.values_list(*names).iterator(5000):
        yield left or left_number, right or right_number, level, score, reason
