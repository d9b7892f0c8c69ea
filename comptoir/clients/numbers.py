"""Where a number leads: to its record, the one it was merged into (G6), or the client of the request it was given to.

Every look-up of a client by a number asks here. For the desk's side only (T62).
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, IntegerField, Q, QuerySet, Value

from comptoir.clients.models import Client, FormerNumber, GivenNumber

SHOWN = 12  # other numbers of one client on its page
_OWN, _OTHER = (Value(rank, output_field=IntegerField()) for rank in range(2))


@dataclass(frozen=True)
class Other:
    """A number that leads to a client beside its own. `source`: the request it was given to; '' for a merged record."""

    number: str
    source: str


def led_to(numbers: Collection[str], *, organisation_id: int) -> dict[str, int]:
    """By number, as `number_key` writes it, the id of the client it leads to; those that lead nowhere left out.

    One statement, however many. The number of a merged record that is still there leads to the one kept.
    """
    wanted = {one for one in numbers if one}
    if not wanted:
        return {}
    which: dict[str, Any] = {"organisation_id": organisation_id, "number__in": wanted}
    own = Client.objects.filter(**which).annotate(rank=_OWN).values_list("number", "pk", "rank")
    others = [rows.annotate(rank=_OTHER).values_list("number", "client_id", "rank") for rows in _others(**which)]
    found = sorted(own.union(*others, all=True), key=lambda row: row[2])
    return {number: client_id for number, client_id, _rank in found}


def bearing(number: str, *, organisation_id: int) -> Q:
    """The clients whose number it is, or that it leads to."""
    found = Q(number=number)
    for rows in _others(organisation_id=organisation_id, number=number):
        found |= Q(pk__in=rows.values("client_id"))
    return found


def others_of(client: Client) -> list[Other]:
    """The other numbers that lead to it, newest first; one more than are shown when there are more."""
    nothing = Value("", output_field=CharField())
    former = FormerNumber.objects.filter(client=client).annotate(source=nothing).values_list("number", "source")
    given = GivenNumber.objects.filter(client=client).values_list("number", "source")
    return [Other(*row) for row in former.union(given, all=True).order_by("-number")[: SHOWN + 1]]


def awaiting(number: str, *, organisation_id: int) -> str:
    """The request that number was given to, while nobody said which client that is; '' for any other number."""
    rows = GivenNumber.objects.filter(organisation_id=organisation_id, number=number, client=None)
    return rows.values_list("source", flat=True).first() or "" if number else ""


def _others(**which: Any) -> tuple[QuerySet[Any], ...]:
    """The rows that lead a number to a client which does not bear it."""
    return FormerNumber.objects.filter(**which), GivenNumber.objects.filter(client__isnull=False, **which)
