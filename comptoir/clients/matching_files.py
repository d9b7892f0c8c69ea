"""Requests in a file, each with the client it most likely comes from; the columns are those of an import."""

import codecs
import csv
from collections.abc import Iterator, Mapping
from io import TextIOWrapper
from itertools import batched
from typing import BinaryIO

from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid
from comptoir.base.text import folded
from comptoir.clients import recognising
from comptoir.clients.identity import Identity
from comptoir.clients.importable import person
from comptoir.clients.matching import BATCH, matches
from comptoir.clients.states import Certainty

Line = tuple[str, str, str, float, str]  # id, client, certainty, score, reason
COLUMNS = {
    "raison_sociale": "legal_name", "siret": "siret", "numero_client": "client_number", "adresse": "address",
    "code_postal": "postcode", "ville": "city", "telephone": "phone", "email": "email", "contact": "person",
}  # fmt: skip
_CHUNK = 1 << 20


class Unreadable(Invalid):
    """The file cannot be read as a list of requests."""

    code = "unreadable"


def matched(source: BinaryIO, *, organisation_id: int) -> Iterator[Line]:
    """A line for each of the file, in order; the client by its id as imported, else its number; empty for nobody.

    Nothing is refused for what a cell holds. Refuses: Unreadable (not text, no known column, a quote never closed).
    """
    records = recognising.total(organisation_id)
    for some in batched(_rows(source), BATCH):
        asked = [identity(row) for row in some]
        found = matches(asked, organisation_id=organisation_id, records=records)
        for row, one in zip(some, found, strict=True):
            if one:
                yield row.get("id", ""), one.imported_id or one.number, one.certainty, one.score, one.reason
            else:
                yield row.get("id", ""), "", Certainty.NONE, 0.0, ""


def identity(row: Mapping[str, str]) -> Identity:
    """The line as a requester."""
    texts = {field: row.get(column, "") for column, field in COLUMNS.items()}
    return Identity(**texts | {"person": " ".join(person(texts["person"]))})


def _rows(source: BinaryIO) -> Iterator[dict[str, str]]:
    """The lines that are not blank, by column; a line cut short has the rest empty. The file is left open."""
    text = TextIOWrapper(source, encoding=_encoding(source), errors="replace", newline="")
    try:
        yield from _lines(text)
    finally:
        text.detach()


def _lines(text: TextIOWrapper) -> Iterator[dict[str, str]]:
    first = text.readline()
    delimiter = max(";,\t", key=first.count)
    names = [folded(name).replace(" ", "_") for name in next(csv.reader([first], delimiter=delimiter), [])]
    if not set(names) & set(COLUMNS):
        sentence = _("Aucune colonne connue en première ligne. Colonnes attendues\u00a0: %(columns)s.")
        raise Unreadable(sentence % {"columns": ", ".join(("id", *COLUMNS))})
    lines = csv.reader((line.replace("\0", "") for line in text), delimiter=delimiter)
    try:
        for cells in lines:
            if any(cell.strip() for cell in cells):
                yield dict(zip(names, cells, strict=False))
    except csv.Error as error:
        sentence = _("La ligne %(n)s ne se lit pas\u00a0: un guillemet ouvert n’est sans doute pas refermé.")
        raise Unreadable(sentence % {"n": lines.line_num + 1}) from error


def _encoding(source: BinaryIO) -> str:
    """UTF-8 when every byte is, else Latin-1 as Windows writes it."""
    head = source.read(4)
    if not head.strip():
        raise Unreadable(_("Ce fichier est vide."))
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Unreadable(_("Ce fichier n’est pas du texte\u00a0: enregistrez-le au format CSV UTF-8."))
    source.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := source.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    finally:
        source.seek(0)
    return "utf-8-sig"
