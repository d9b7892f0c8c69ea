"""Passing one entry from a folder to another: renamed when it can be, copied whole when it is another disk."""

import enum
import errno
import os
import stat
from pathlib import Path

from django.utils.translation import gettext as _

from comptoir.base.errors import Refusal
from comptoir.spool import disk


class CannotMove(Refusal):
    """This entry cannot leave the inbox by our hand."""

    code = "cannot-move"
    kind = "unavailable"


class Fate(enum.Enum):
    """What became of an entry."""

    MOVED = "moved"  # there, and no longer here
    COPIED = "copied"  # there, and still here until the copy's name is durable
    TAKEN = "taken"  # the name is something else's there: nothing was done


def bring(source: Path, folder: Path, name: str) -> Fate:
    """Give the entry that name in that folder, never over something else. Raises OSError, CannotMove."""
    try:
        return Fate.MOVED if disk.rename_new(source, folder / name) else Fate.TAKEN
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
    return _copied(source, folder, name)


def _copied(source: Path, folder: Path, name: str) -> Fate:
    if os.path.lexists(folder / name):
        return Fate.TAKEN
    disk.make_folder(folder / ".tmp")
    part = disk.part_in(folder / ".tmp", name)
    try:
        _copy(source, part)
        renamed = disk.rename_new(part, folder / name)
    except BaseException:
        disk.discard(part)
        raise
    if not renamed:
        disk.discard(part)
    return Fate.COPIED if renamed else Fate.TAKEN


def _copy(source: Path, part: Path) -> None:
    kind = stat.S_IFMT(source.lstat().st_mode)
    if kind == stat.S_IFLNK:
        part.symlink_to(source.readlink())
    elif kind == stat.S_IFREG:
        disk.copy_new(source, part)
    else:
        raise CannotMove(
            _("Ce n’est pas un fichier, et il doit aller sur un autre disque\u00a0: déplacez-le à la main.")
        )
