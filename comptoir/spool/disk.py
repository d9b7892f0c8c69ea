"""The few calls to the file system on which everything in the spool rests. They raise OSError, nothing else."""

import contextlib
import ctypes
import errno
import os
import secrets
import stat
from pathlib import Path

_AT_FDCWD, _NO_REPLACE = -100, 1
_FILE_MODE, _FOLDER_MODE = 0o640, 0o750  # personal data: nothing for the rest of the world
_CHUNK = 1024 * 1024
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)


def sync_folder(folder: Path) -> None:
    """Afterwards the names in this folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:  # a network file system without this call on folders, which needs none
            raise
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Afterwards the folder and those above it exist, and the names just made survive a power cut."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    try:
        folder.mkdir(_FOLDER_MODE)
    except FileExistsError:
        if not folder.is_dir():  # else another process made it meanwhile
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder)) from None
    sync_folder(folder.parent)


def open_to_read(path: Path | str) -> int:
    """A descriptor on the entry itself: a link is refused (ELOOP), a tube does not block."""
    return os.open(path, _READ)


def write_new(path: Path, content: bytes) -> None:
    """Afterwards a new file durably holds all of the content. Its *name* is durable after `sync_folder` only."""
    descriptor = os.open(path, _NEW, _FILE_MODE)
    try:
        _write_all(descriptor, content)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_over(tmp: Path, path: Path, content: bytes) -> None:
    """Like `write_new`, for a note of ours that may be written again: at no moment is it half there."""
    make_folder(tmp)
    part = part_in(tmp, path.name)
    try:
        write_new(part, content)
        part.replace(path)
    except BaseException:
        discard(part)
        raise


def copy_new(source: Path, path: Path) -> None:
    """Like `write_new`, with what a regular file holds."""
    reading = open_to_read(source)
    try:
        writing = os.open(path, _NEW, _FILE_MODE)
        try:
            while chunk := os.read(reading, _CHUNK):
                _write_all(writing, chunk)
            os.fsync(writing)
        finally:
            os.close(writing)
    finally:
        os.close(reading)


def rename_new(source: Path, target: Path) -> bool:
    """Rename, never over something else: False when the target name is taken, and then nothing has changed.

    Where the file system cannot promise that in one step, looking first leaves a gap of microseconds.
    """
    if _renameat2 is not None:
        if _renameat2(_AT_FDCWD, os.fsencode(source), _AT_FDCWD, os.fsencode(target), _NO_REPLACE) == 0:
            return True
        number = ctypes.get_errno()
        if number == errno.EEXIST:
            return False
        if number not in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
            raise OSError(number, os.strerror(number), str(source), None, str(target))
    if os.path.lexists(target):
        return False
    source.rename(target)
    return True


def holds(path: Path, content: bytes) -> bool:
    """Whether this is a regular file of exactly these bytes; if so they are durable afterwards."""
    if not _is_file_of(path, len(content)):
        return False
    descriptor = open_to_read(path)
    try:
        if os.read(descriptor, len(content) + 1) != content:
            return False
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return True


def same_content(left: Path, right: Path) -> bool:
    """Whether both are regular files of the same bytes."""
    if not (_is_file_of(left, right.lstat().st_size) and _is_file_of(right, left.lstat().st_size)):
        return False
    with open(left, "rb", opener=_opener) as one, open(right, "rb", opener=_opener) as other:
        while chunk := one.read(_CHUNK):
            if chunk != other.read(_CHUNK):
                return False
        return not other.read(1)


def part_in(folder: Path, name: str) -> Path:
    """A temporary path that nobody else uses; `folder` must be on the file system of the final name."""
    return folder / f"{name}.{os.getpid()}-{secrets.token_hex(8)}.part"


def discard(path: Path) -> None:
    """Remove what should not stay, if it can be removed; what stays is swept later."""
    with contextlib.suppress(OSError):
        path.unlink()


def _write_all(descriptor: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:  # one write may take a part only
        rest = rest[os.write(descriptor, rest) :]


def _is_file_of(path: Path, size: int) -> bool:
    found = path.lstat()
    return stat.S_ISREG(found.st_mode) and found.st_size == size


def _opener(path: str, _flags: int) -> int:
    return open_to_read(path)
