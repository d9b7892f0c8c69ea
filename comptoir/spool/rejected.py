"""What lies in REJETS, since when, and taking it away for good: a file that cannot be read may name people."""

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from comptoir.spool import disk, names
from comptoir.spool.folders import Spool, unavailable


def older(spool: Spool, before: datetime) -> list[str]:
    """The entries set aside before that moment, by name: the reason beside each was written then.

    Refuses: SpoolUnavailable.
    """
    try:
        reasons = [path for path in spool.rejects.glob(f"*{names.REASON_SUFFIX}") if not path.is_symlink()]
        old = [path for path in reasons if datetime.fromtimestamp(path.stat().st_mtime, UTC) < before]
    except OSError as error:
        raise unavailable(error) from error
    return sorted(path.name.removesuffix(names.REASON_SUFFIX) for path in old)


def remove(spool: Spool, entries: Iterable[str]) -> list[str]:
    """These entries and their reasons are gone, durably; the reason last, so that a cut one is found again.

    A folder somebody had put there goes as a whole; a link goes, never its target. Refuses: SpoolUnavailable.
    """
    gone = []
    try:
        for name in entries:
            _remove(spool.rejects / name)
            (spool.rejects / f"{name}{names.REASON_SUFFIX}").unlink(missing_ok=True)
            gone.append(name)
        disk.sync_folder(spool.rejects)
    except OSError as error:
        raise unavailable(error) from error
    return gone


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        for inside in path.iterdir():
            _remove(inside)
        path.rmdir()
    elif os.path.lexists(path):
        path.unlink()
