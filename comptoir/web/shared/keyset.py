"""A page of a very long list, found by the last row seen: the last page costs what the first does."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from comptoir.base.by_key import Read, in_order
from comptoir.web.shared.paging import SIZES

AFTER, BEFORE, START = "apres", "avant", "depuis"
OURS = (AFTER, BEFORE, START)


@dataclass(frozen=True)
class Order:
    """Columns in order, « -name » downwards; the last tells any two rows apart. None of them may be empty."""

    columns: tuple[str, ...]

    def beyond(self, values: Sequence[Any]) -> Q:
        """The rows that come after one with these values."""
        found, same = Q(), Q()
        for column, value in zip(self.columns, values, strict=True):
            name = column.removeprefix("-")
            found |= same & Q(**{f"{name}__{'lt' if column.startswith('-') else 'gt'}": value})
            same &= Q(**{name: value})
        first = self.columns[0]
        edge = Q(**{f"{first.removeprefix('-')}__{'lte' if first.startswith('-') else 'gte'}": values[0]})
        return edge & found  # the edge alone is what an index is read by

    def reversed(self) -> "Order":
        """The same from its end."""
        return Order(tuple(one[1:] if one.startswith("-") else f"-{one}" for one in self.columns))

    @property
    def names(self) -> list[str]:
        """The columns without their direction."""
        return [column.removeprefix("-") for column in self.columns]

    def of(self, row: Any) -> list[Any]:
        """Where a row stands."""
        return [getattr(row, name) for name in self.names]


@dataclass(frozen=True)
class Page:
    """The rows of one page; `start` is the number of its first row, `count` how many there are in all."""

    rows: list[Any]
    start: int
    count: int
    is_capped: bool  # there are more than `count`
    size: int
    first: str  # addresses, '' when there is nowhere to go
    previous: str
    next: str
    last: str

    @property
    def end(self) -> int:
        """The number of its last row."""
        return self.start + len(self.rows) - 1


def page(
    request: HttpRequest,
    rows: QuerySet[Any],
    order: Order,
    *,
    count: int,
    most: int | None = None,
    size: int = SIZES[0],
    read: Read[Any] | None = None,
) -> Page:
    """The page that the address asks for; one that makes no sense is the first. `most`: `count` stops there.

    `read`: gives the rows of the page by their keys, found alone before (`freshness.kept` says why).
    """
    asked = request.GET.get("per_page", "")
    size = int(asked) if asked in map(str, SIZES) else size
    before, after = _read(request, BEFORE, order), _read(request, AFTER, order)
    is_end = request.GET.get(BEFORE) == "fin"
    ordered = rows.order_by(*order.columns) if count else rows.none()
    if read:
        ordered = ordered.values_list("pk", *order.names, named=True)
    if is_end or before:
        back = ordered.reverse()
        wanted = (count % size or size) if is_end and most is None else size
        found = list((back.filter(order.reversed().beyond(before)) if before else back)[: wanted + 1])
        has_before, has_after = len(found) > wanted, not is_end
        found = found[:wanted][::-1]
    else:
        found = list((ordered.filter(order.beyond(after)) if after else ordered)[: size + 1])
        has_before, has_after = bool(after), len(found) > size
        found = found[:size]
    start = _start(request, count, len(found), is_end=is_end, is_first=not (before or after or is_end))
    is_capped = most is not None and count > most
    links = ["", "", "", ""]
    if found and has_before:
        links[:2] = [_link(request), _link(request, **{BEFORE: _mark(order.of(found[0])), START: max(1, start - size)})]
    if found and has_after:
        links[2] = _link(request, **{AFTER: _mark(order.of(found[-1])), START: start + len(found)})
        links[3] = "" if is_capped else _link(request, **{BEFORE: "fin"})
    shown = in_order([row.pk for row in found], read) if read else found
    return Page(shown, start, min(count, most) if most else count, is_capped, size, *links)


def _start(request: HttpRequest, count: int, shown: int, *, is_end: bool, is_first: bool) -> int:
    if is_end:
        return max(1, count - shown + 1)
    told = request.GET.get(START, "")
    return int(told) if told.isdecimal() and len(told) < 10 and not is_first else 1


def _mark(values: Sequence[Any]) -> str:
    return signing.dumps(list(values), salt="keyset", compress=False)


def _read(request: HttpRequest, name: str, order: Order) -> list[Any] | None:
    """Only a mark of ours: what is compared with columns has their types."""
    try:
        values = signing.loads(request.GET.get(name, ""), salt="keyset")
    except signing.BadSignature:
        return None
    return values if isinstance(values, list) and len(values) == len(order.columns) else None


def _link(request: HttpRequest, **changes: Any) -> str:
    kept = [(name, value) for name, values in request.GET.lists() if name not in OURS for value in values]
    return f"?{urlencode([*kept, *changes.items()])}"
