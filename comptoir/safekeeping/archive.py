"""The file of a backup: a gzipped tar that says first what it holds, then the database, then the folders.

manifest.json      what follows, as `Manifest`
database           what `databases` wrote
data/…             the data folder, without what makes itself again
spools/<slug>/…    each `Résa` that lies elsewhere
"""

import gzip
import json
import os
import tarfile
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from comptoir.base.errors import Refusal
from comptoir.spool import disk

FORMAT = 1
MANIFEST, DATABASE, DATA, SPOOLS = "manifest.json", "database", "data", "spools"
ASIDE = ".avant-"  # how the folders begin in which a restoration puts aside what was there


class NotABackup(Refusal):
    """The file is not one of ours, is of a later format, or is damaged."""

    code = "not-a-backup"
    kind = "invalid"


@dataclass(frozen=True)
class Manifest:
    """What a backup holds. `made_at` is ISO 8601 in UTC; `spools` gives by slug the folder each `Résa` lay in."""

    format: int
    version: str
    vendor: str
    made_at: str
    tables: list[str]
    spools: dict[str, str]


def write(path: Path, manifest: Manifest, *, database: Path, folders: Mapping[str, Iterable[Path]]) -> int:
    """Afterwards `path` durably holds all of it, readable by its owner only; or it does not exist. Answers its bytes.

    `folders` gives, by the name it has in the file, the folder first, then what of it is left out.
    """
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    try:
        part.touch(mode=0o600)
        with part.open("wb") as raw:
            with tarfile.open(fileobj=raw, mode="w|gz", format=tarfile.PAX_FORMAT) as tar:
                _add_bytes(tar, MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode())
                tar.add(database, DATABASE)
                for name, (folder, *left_out) in folders.items():
                    _add_folder(tar, name, folder, frozenset(left_out))
            raw.flush()
            os.fsync(raw.fileno())
        part.rename(path)
        disk.sync_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)
    return path.stat().st_size


def read_manifest(path: Path) -> Manifest:
    """What the backup says it holds. Refuses: NotABackup."""
    with _opened(path) as tar:
        first = tar.next()
        found = tar.extractfile(first) if first and first.name == MANIFEST and first.isfile() else None
        if found is None:
            raise NotABackup(_("«\u202f%(file)s\u202f» n’est pas une sauvegarde de Comptoir.") % {"file": path.name})
        said = json.loads(found.read(1_000_000))
    if said.get("format") != FORMAT:
        raise NotABackup(
            _("Cette sauvegarde vient d’une version plus récente (%(version)s)\u00a0: installez-la d’abord.")
            % {"version": said.get("version", "?")}
        )
    return Manifest(**said)


def unpack(path: Path, into: Path) -> None:
    """Afterwards the folder holds the whole backup, read to its last byte. Refuses: NotABackup; nothing stays then.

    A name that would lead out of the folder, a link or a device are refused with the whole file (PEP 706).
    """
    with _opened(path) as tar:
        for member in tar:
            if not (member.isfile() or member.isdir()):
                raise NotABackup(
                    _("La sauvegarde contient autre chose que des fichiers\u00a0: %(name)s.") % {"name": member.name}
                )
            tar.extract(member, into, filter="data")


@contextmanager
def scratch(beside: Path) -> Iterator[Path]:
    """A folder on the same disk, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix=".comptoir-", dir=beside) as folder:
        yield Path(folder)


@contextmanager
def _opened(path: Path) -> Iterator[tarfile.TarFile]:
    # Through gzip's own reader, read to its end: tarfile alone takes a file cut between two members for a whole one.
    try:
        with gzip.open(path) as whole, tarfile.open(fileobj=whole, mode="r|") as tar:
            yield tar
            while whole.read(1_000_000):
                pass
    except FileNotFoundError as error:
        raise NotABackup(_("«\u202f%(file)s\u202f» n’existe pas.") % {"file": path}) from error
    except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, ValueError, TypeError) as error:
        raise NotABackup(
            _("«\u202f%(file)s\u202f» n’est pas une sauvegarde entière\u00a0: le fichier est abîmé ou coupé.")
            % {"file": path.name}
        ) from error


def _add_bytes(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    tar.addfile(member, BytesIO(content))


def _add_folder(tar: tarfile.TarFile, name: str, folder: Path, left_out: frozenset[Path]) -> None:
    """Files that leave while we read are read where they go: `Résa` comes before its `ARCHIVES`, and both are ours."""
    for path in sorted(folder.iterdir(), key=lambda one: (one.is_dir(), one.name)):
        if path in left_out or path.is_symlink() or path.name == ".tmp" or path.name.startswith(ASIDE):
            continue
        inside = f"{name}/{path.name}"
        if path.is_dir():
            member = tar.gettarinfo(path, inside)
            tar.addfile(member)
            _add_folder(tar, inside, path, left_out)
        else:
            _add_file(tar, inside, path)


def _add_file(tar: tarfile.TarFile, name: str, path: Path) -> None:
    try:
        source: IO[Any] = path.open("rb")
    except FileNotFoundError:
        return
    with source:
        tar.addfile(tar.gettarinfo(arcname=name, fileobj=source), source)
