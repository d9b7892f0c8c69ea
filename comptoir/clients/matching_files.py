"""Requests in a file, each with the client it most likely comes from; the columns are those of an import."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import batched

from comptoir.clients import recognising
from comptoir.clients.identity import Identity
from comptoir.clients.importable import person
from comptoir.clients.matching import BATCH, matches
from comptoir.clients.states import Certainty

Line = tuple[str, str, str, float, str]  # id, client, certainty, score, reason


def matched(rows: Iterable[Mapping[str, str]], *, organisation_id: int) -> Iterator[Line]:
    """A line for each row, in order; the client by its id as imported, else its number; empty when there is none."""
    records = recognising.total(organisation_id)
    for some in batched(rows, BATCH):
        found = matches([identity(row) for row in some], organisation_id=organisation_id, records=records)
        for row, one in zip(some, found, strict=True):
            if one:
                yield row.get("id", ""), one.imported_id or one.number, one.certainty, one.score, one.reason
            else:
                yield row.get("id", ""), "", Certainty.NONE, 0.0, ""


def identity(row: Mapping[str, str]) -> Identity:
    """The line as a requester. `numero_client` is read too, which an import does not have."""
    cell = {name: text or "" for name, text in row.items() if isinstance(name, str) and not isinstance(text, list)}
    return Identity(
        legal_name=cell.get("raison_sociale", ""), siret=cell.get("siret", ""),
        client_number=cell.get("numero_client", ""), email=cell.get("email", ""), phone=cell.get("telephone", ""),
        address=cell.get("adresse", ""), postcode=cell.get("code_postal", ""), city=cell.get("ville", ""),
        person=" ".join(person(cell.get("contact", ""))),
    )  # fmt: skip
