"""Take a file away for good, wherever the spool kept it: personal data asked to be erased (C9)."""

import hashlib
from itertools import takewhile
from pathlib import Path

from comptoir.spool import disk, names
from comptoir.spool.folders import Spool, unavailable

DEEPEST = 50  # numbered twins of one name that are looked at


def erase(spool: Spool, name: str, digest: str) -> int:
    """No file of that name and content is left in the inbox, ARCHIVES or REJETS, durably; answers how many went.

    Another content under the same name is somebody else's and stays. Refuses: SpoolUnavailable.
    """
    gone = 0
    try:
        for folder in (spool.inbox, spool.archives, spool.rejects):
            found = [path for path in _candidates(folder, name) if _digest(path) == digest]
            for path in found:
                path.unlink()
            if found:
                disk.sync_folder(folder)
            gone += len(found)
    except OSError as error:
        raise unavailable(error) from error
    return gone


def _candidates(folder: Path, name: str) -> list[Path]:
    numbered = zip(range(DEEPEST), names.numbered(name), strict=False)
    paths = (folder / one for _place, one in numbered)
    first = folder / name
    # The first may be gone while its numbered twins are there; after them, the first gap ends the row.
    twins = takewhile(lambda path: path.is_file() or path == first, paths)
    return [path for path in twins if path.is_file() and not path.is_symlink()]


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
