"""File names of the spool: which ones are sound, how to show or keep the others without harm."""

import hashlib
import itertools
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime

LONGEST = 200  # bytes: room is left under the file systems' 255 for « .raison.txt » and temporary suffixes
REASON_SUFFIX = ".raison.txt"
_REFERENCE = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")
_UNSAFE = re.compile(r"[^\w.() -]+", re.ASCII)


def file_name(at: datetime, reference: str) -> str:
    """`<UTC time>-<reference>.log`, such as `20261122T130310Z-PR-7K3QX9.log` (product.md §4)."""
    if at.tzinfo is None:
        raise ValueError("a spool file is named by an aware moment")
    if not _REFERENCE.fullmatch(reference):
        raise ValueError(f"not a reference: {reference!r}")
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{reference}.log"


def is_component(name: str) -> bool:
    """Whether this names one entry of one folder, and nothing elsewhere."""
    return name not in ("", ".", "..") and "/" not in name and "\0" not in name and _is_storable(name)


def is_plain(name: str) -> bool:
    """Whether people and programs read this name alike: printable, one folder, not hidden, not endless."""
    return (
        name.isprintable()  # excludes line breaks, invisible and direction marks, and bytes that are not UTF-8
        and is_component(name)
        and "\\" not in name
        and not name.startswith((".", " "))
        and not name.endswith(" ")
        and len(name.encode()) <= LONGEST
    )


def shown(name: str, longest: int = 80) -> str:
    """The name as it may stand in a sentence, a log or a database: what cannot be printed is escaped."""
    if len(name) > longest:
        name = f"{name[: longest - 10]}…{name[-9:]}"
    return "".join(char if char.isprintable() else _escaped(char) for char in name)


def safe(name: str) -> str:
    """A name that is sound everywhere: the same if it already is, else cleaned and told apart by a digest."""
    if is_plain(name) and not name.endswith(REASON_SUFFIX):
        return name
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    cleaned = _UNSAFE.sub("_", name).strip(" .")[:80]
    return f"{cleaned or 'sans-nom'}~{digest}"


def numbered(name: str) -> Iterator[str]:
    """The name, then `name.2`, `name.3`… before its extension: never the same twice."""
    yield name
    stem, dot, extension = name.rpartition(".")
    if not stem:
        stem, dot, extension = name, "", ""
    yield from (f"{stem}.{number}{dot}{extension}" for number in itertools.count(2))


def _is_storable(name: str) -> bool:
    try:
        os.fsencode(name)
    except UnicodeEncodeError:
        return False
    return True


def _escaped(char: str) -> str:
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:  # a byte that is not UTF-8, as the system hands it over
        return f"\\x{code - 0xDC00:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
