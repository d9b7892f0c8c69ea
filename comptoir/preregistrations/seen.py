"""Which files were read already and have not changed since: spares reading ten thousand files every few seconds."""

from pathlib import Path

type _Mark = tuple[int, int, int, int]


class Seen:
    """Marks of files found sound. A changed file has another mark (inode, size, times) and is read again."""

    def __init__(self) -> None:
        self._marks: dict[str, _Mark] = {}

    def holds(self, path: Path) -> bool:
        """Whether this very file was found sound before."""
        return path.name in self._marks and self._marks[path.name] == _mark(path)

    def note(self, path: Path) -> None:
        """The file as it now is was found sound."""
        if mark := _mark(path):
            self._marks[path.name] = mark


def _mark(path: Path) -> _Mark | None:
    try:
        found = path.lstat()
    except OSError:
        return None
    return (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
