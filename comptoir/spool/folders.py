"""The `Résa` folder of one organisation: where things lie in it, what waits there, whether it can be used."""

import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from comptoir.base.errors import Refusal
from comptoir.spool import disk, names

file_name = names.file_name

OURS = frozenset({"ARCHIVES", "REJETS", ".tmp", "lost+found"})


class SpoolUnavailable(Refusal):
    """The disk says no: missing, full, read-only, broken. The same act may succeed later."""

    code = "spool-unavailable"
    kind = "unavailable"


@dataclass(frozen=True)
class Spool:
    """One organisation's spool. `root` is the `Résa` folder itself."""

    root: Path

    @property
    def inbox(self) -> Path:
        """Where requests wait."""
        return self.root

    @property
    def archives(self) -> Path:
        """Where processed requests are kept, for good."""
        return self.root / "ARCHIVES"

    @property
    def rejects(self) -> Path:
        """Where what cannot be read is set aside, each with its reason."""
        return self.root / "REJETS"

    @property
    def tmp(self) -> Path:
        """Where files are written before they get their name; on the inbox's own file system."""
        return self.root / ".tmp"


def prepare(spool: Spool, *, create: bool = True) -> None:
    """Afterwards the folders exist durably and can be written to. Refuses: SpoolUnavailable.

    With `create=False` a missing root is refused instead of made: an organisation that has been at work
    whose `Résa` is gone has a disk that is not mounted, and must not start afresh beside it (T14).
    """
    if not create and not spool.root.is_dir():
        raise SpoolUnavailable(_("Le dossier Résa est introuvable\u00a0: son disque n’est sans doute pas monté."))
    try:
        for folder in (spool.root, spool.archives, spool.rejects, spool.tmp):
            disk.make_folder(folder.absolute())
            if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
                raise PermissionError(_access_error(folder), "")
        if spool.tmp.stat().st_dev != spool.root.stat().st_dev:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
    except OSError as error:
        raise unavailable(error) from error


def pending_names(spool: Spool) -> Iterator[str]:
    """Every entry of the inbox that is not ours, whatever it is, in the order of the disk, one at a time.

    Folders, links and odd names are given too, so that they can be named and set aside (B1).
    Refuses: SpoolUnavailable.
    """
    try:
        with os.scandir(spool.inbox) as entries:
            yield from (entry.name for entry in entries if not _is_ours(entry))
    except OSError as error:
        raise unavailable(error) from error


def unavailable(error: OSError) -> SpoolUnavailable:
    """The refusal for an answer of the system, in words; no path, since visitors may read it."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            sentence = _("Le disque du dossier Résa est plein.")
        case errno.EROFS:
            sentence = _("Le disque du dossier Résa est en lecture seule.")
        case errno.EACCES | errno.EPERM:
            sentence = _("Comptoir n’a pas le droit d’écrire dans le dossier Résa.")
        case errno.ENOENT | errno.ENOTDIR | errno.ESTALE:
            sentence = _("Le dossier Résa, ou l’un de ses sous-dossiers, est introuvable.")
        case errno.EXDEV:
            sentence = _("Le sous-dossier .tmp doit être sur le même disque que le dossier Résa.")
        case errno.EIO:
            sentence = _("Le disque du dossier Résa signale une panne.")
        case number:
            sentence = _("Le dossier Résa ne répond pas (%(code)s).") % {"code": errno.errorcode.get(number or 0, "?")}
    return SpoolUnavailable(sentence)


def _is_ours(entry: os.DirEntry[str]) -> bool:
    if entry.name in OURS:
        return True
    if entry.name.startswith("."):
        return entry.is_dir(follow_symlinks=False)
    return entry.name.endswith(".pdf") and entry.is_file(follow_symlinks=False)  # the reports (B15)


def _access_error(folder: Path) -> int:
    return errno.EROFS if os.statvfs(folder).f_flag & os.ST_RDONLY else errno.EACCES
