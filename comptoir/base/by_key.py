"""Rows read by their keys, found before: in the order of the keys, less those that went in between."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model

type Read[Row] = Callable[[list[int]], Iterable[Row]]


def in_order[Row: Model](keys: list[Any], read: Read[Row]) -> list[Row]:
    """What `read` gives for the keys, each at its place."""
    known = {row.pk: row for row in read(keys)}
    return [known[key] for key in keys if key in known]
