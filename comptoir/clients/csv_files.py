"""A CSV file as rows of cells: which encoding, which separator, and where a quote is left open. Pure."""

import codecs
import csv
import re
from collections.abc import Iterator
from io import TextIOWrapper
from typing import BinaryIO

from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid

UTF_8, LATIN_1 = "utf-8-sig", "cp1252"
DELIMITERS = (";", ",", "\t")
_CHUNK = 1 << 20
_TWICE_ENCODED = re.compile("Ã[\u0080-\u00bf]")  # « é » in UTF-8, read as Latin-1: no French word has it
_LONGEST_LINE = 100_000  # characters
_MOST_LINES = 20  # of one client: an address on several lines is well under


class Unreadable(Invalid):
    """The file as a whole cannot be read as a list of clients."""

    code = "unreadable"


def rows(source: BinaryIO, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str] | Invalid]]:
    """Each row: the line it begins on, and its cells or why it has none."""
    found = csv.reader(_text_lines(source, encoding), delimiter=delimiter)
    last = 0
    while True:
        number = last + 1
        cells: list[str] | None
        try:
            cells = next(found)
        except StopIteration:
            return
        except csv.Error:
            cells = None
        last = found.line_num
        if cells is None or last - number > _MOST_LINES:
            sentence = _("Un guillemet ouvert ici n’est pas refermé\u00a0: rien n’est lu jusqu’à la ligne %(last)s.")
            yield number, Invalid(sentence % {"last": last})
        else:
            yield number, cells


def encoding_of(source: BinaryIO) -> str:
    """UTF-8 when every byte of the file is; else Latin-1, unless the file mixes both. Refuses: Unreadable."""
    source.seek(0)
    head = source.read(4096)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in head:
        raise Unreadable(_("Ce fichier n’est pas du texte en UTF-8\u00a0: enregistrez-le au format CSV UTF-8."))
    source.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := source.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _latin_1(source)
    return UTF_8


def _latin_1(source: BinaryIO) -> str:
    source.seek(0)
    try:
        while chunk := source.read(_CHUNK):
            if _TWICE_ENCODED.search(chunk.decode(LATIN_1)):
                raise Unreadable(_("Ce fichier mêle deux encodages\u00a0: enregistrez-le au format CSV UTF-8."))
    except UnicodeDecodeError:
        sentence = _("Ce fichier n’est ni en UTF-8 ni en Latin-1\u00a0: enregistrez-le au format CSV UTF-8.")
        raise Unreadable(sentence) from None
    return LATIN_1


def _text_lines(source: BinaryIO, encoding: str) -> Iterator[str]:
    """Lines without closing the file. A line longer than any client's is cut there, and will be refused."""
    source.seek(0)
    text = TextIOWrapper(source, encoding=encoding, newline="")
    try:
        while line := text.readline(_LONGEST_LINE):
            yield line.replace("\0", "")
    finally:
        if not source.closed:  # by a caller who stopped half-way
            text.detach()
