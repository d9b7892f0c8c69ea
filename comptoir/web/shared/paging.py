"""One page of a list, as the address asks for it; what makes no sense is the first page."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

SIZES = (25, 50, 100)


def page_of(request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], *, size: int = SIZES[0]) -> Page[Any]:
    """The page of `?page=`, of the size of `?per_page=` (25, 50 or 100)."""
    asked = request.GET.get("per_page", "")
    wanted = int(asked) if asked in map(str, SIZES) else size
    return Paginator(rows, wanted).get_page(request.GET.get("page"))
