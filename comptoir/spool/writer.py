"""Writing a file whole or not at all (B1): the only way a request gets its name in the spool."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from comptoir.base.errors import Refusal
from comptoir.spool import disk, names
from comptoir.spool.folders import Spool, unavailable


class SpoolConflict(Refusal):
    """Another content already bears this name: nothing is ever overwritten."""

    code = "spool-conflict"
    kind = "conflict"


def write_whole(spool: Spool, name: str, content: bytes) -> None:
    """Afterwards the inbox durably holds this file, whole; at no moment does it show a part of it.

    The same name and bytes again is success, so that a caller unsure of having succeeded calls again.
    After SpoolUnavailable the file is there whole or not there: calling again settles it.
    Refuses: SpoolUnavailable, SpoolConflict.
    """
    if not names.is_plain(name):
        raise ValueError(f"not a name for a spool file: {name!r}")
    target, part = spool.inbox / name, disk.part_in(spool.tmp, name)
    try:
        disk.write_new(part, content)
        if not disk.rename_new(part, target):
            disk.discard(part)
            _check_identical(target, content)
        disk.sync_folder(spool.inbox)
    except OSError as error:
        disk.discard(part)
        raise unavailable(error) from error


def write_over(spool: Spool, name: str, content: bytes) -> None:
    """Afterwards the inbox durably holds this document of ours (a report), whole, in place of the former one.

    Refuses: SpoolUnavailable.
    """
    try:
        disk.write_over(spool.tmp, spool.inbox / name, content)
        disk.sync_folder(spool.inbox)
    except OSError as error:
        raise unavailable(error) from error


def sweep_tmp(spool: Spool, older_than: datetime) -> int:
    """Remove what killed writers left behind before that moment; answers how many. Refuses: SpoolUnavailable."""
    swept = 0
    try:
        for path in _left_behind(spool, older_than.timestamp()):
            disk.discard(path)
            swept += 1
    except OSError as error:
        raise unavailable(error) from error
    return swept


def _check_identical(path: Path, content: bytes) -> None:
    if not disk.holds(path, content):
        raise SpoolConflict(_("Un autre fichier porte déjà ce nom dans le dossier Résa."))


def _left_behind(spool: Spool, moment: float) -> Iterator[Path]:
    for folder in (spool.tmp, spool.archives / ".tmp", spool.rejects / ".tmp"):
        if not folder.is_dir():
            continue
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(".part") and _older(entry, moment):
                    yield Path(entry.path)


def _older(entry: os.DirEntry[str], moment: float) -> bool:
    try:
        return entry.stat(follow_symlinks=False).st_mtime < moment
    except FileNotFoundError:  # a live writer has just given it its name
        return False
