"""Addresses made from titles: readable, unique, and never changed afterwards."""

from django.db.models import Model, QuerySet

from comptoir.base.text import folded


def new_slug[M: Model](title: str, taken: QuerySet[M], *, longest: int, otherwise: str) -> str:
    """`Sauveteur secouriste` → sauveteur-secouriste, then -2, -3 … among the rows of `taken`."""
    base = folded(title).replace(" ", "-")[: longest - 6].strip("-") or otherwise
    known = set(taken.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for n in range(1, len(known) + 2) if (slug := base if n == 1 else f"{base}-{n}") not in known)
