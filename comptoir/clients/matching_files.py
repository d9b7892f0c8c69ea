"""Requests in a file, each with the client it most likely comes from; the columns are those of an import."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import batched

from comptoir.base.text import folded
from comptoir.clients import recognising
from comptoir.clients.importable import person
from comptoir.clients.models import Client
from comptoir.clients.states import Certainty
from comptoir.clients.traits import Traits, traits

Line = tuple[str, str, str, float, str]  # id, client, certainty, score, reason
BATCH = 500


def matched(rows: Iterable[Mapping[str, str]], *, organisation_id: int) -> Iterator[Line]:
    """A line for each row, in order; the client by its id as imported, else its number; empty when there is none."""
    records = recognising.total(organisation_id)
    for some in batched(rows, BATCH):
        found = [
            recognising.likely(_traits(row), organisation_id=organisation_id, records=records, most=1) for row in some
        ]
        names = _names(one.client_id for likely in found for one in likely)
        for row, likely in zip(some, found, strict=True):
            if likely and likely[0].level != Certainty.NONE:
                first = likely[0]
                yield row.get("id", ""), names[first.client_id], first.level, first.score, first.reason
            else:
                yield row.get("id", ""), "", str(Certainty.NONE), likely[0].score if likely else 0.0, ""


def _names(ids: Iterable[int]) -> dict[int, str]:
    rows = Client.objects.filter(pk__in=set(ids)).values_list("pk", "imported_id", "number")
    return {pk: imported_id or number for pk, imported_id, number in rows}


def _traits(row: Mapping[str, str]) -> Traits:
    cell = {name: text or "" for name, text in row.items() if name}
    return traits(
        name=cell.get("raison_sociale", ""), siret=cell.get("siret", ""), address=cell.get("adresse", ""),
        postcode=cell.get("code_postal", ""), city=cell.get("ville", ""), phone=cell.get("telephone", ""),
        email=cell.get("email", ""), person=folded(" ".join(person(cell.get("contact", "")))),
    )  # fmt: skip
