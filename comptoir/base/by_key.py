"""A page of a long list: the keys of its rows are found first, alone, then those rows are read by key.

Asked for at once, a database joins and carries all that the rows are shown with before it sorts, for rows by the
thousand of which a page shows twenty-five; it also plans that for longer than it then takes.
"""

from collections.abc import Callable, Iterable

from django.db.models import Model, QuerySet


def by_key[M: Model](page: QuerySet[M], read: Callable[[list[int]], Iterable[M]]) -> list[M]:
    """The rows of a cut queryset, in its order, as `read` gives them by their keys; one statement more than `read`."""
    keys = list(page.values_list("pk", flat=True))
    known = {one.pk: one for one in read(keys)}
    return [known[key] for key in keys if key in known]
