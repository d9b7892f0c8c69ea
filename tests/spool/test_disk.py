"""What the file system answers on a bad day, call by call."""

import errno
import os
from contextlib import nullcontext

import pytest

from comptoir.spool import disk


def saying(number):
    def answer(*_args, **_kwargs):
        raise OSError(number, os.strerror(number))

    return answer


def test_a_folder_that_knows_no_fsync_is_accepted_and_a_broken_one_is_not(tmp_path, monkeypatch):
    monkeypatch.setattr(disk.os, "fsync", saying(errno.EINVAL))
    disk.sync_folder(tmp_path)
    monkeypatch.setattr(disk.os, "fsync", saying(errno.EIO))
    with pytest.raises(OSError, match="Input/output"):
        disk.sync_folder(tmp_path)


@pytest.mark.parametrize(("looks", "refused"), [([False, True, True], False), ([False, True, False], True)])
def test_what_another_process_made_meanwhile_is_taken_if_it_is_a_folder(tmp_path, monkeypatch, looks, refused):
    class Raced(type(tmp_path)):
        def is_dir(self):
            return looks.pop(0)

        def mkdir(self, mode):
            raise FileExistsError

    with pytest.raises(NotADirectoryError) if refused else nullcontext():
        disk.make_folder(Raced(tmp_path))


@pytest.mark.parametrize("missing", [True, False])
def test_without_a_rename_that_refuses_to_replace_we_look_first(tmp_path, monkeypatch, missing):
    if missing:
        monkeypatch.setattr(disk, "_renameat2", None)
    else:
        monkeypatch.setattr(disk, "_renameat2", lambda *_args: -1)
        monkeypatch.setattr(disk.ctypes, "get_errno", lambda: errno.ENOSYS)
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_text("new")
    assert disk.rename_new(source, target)
    source.write_text("newer")
    assert not disk.rename_new(source, target)
    assert (source.read_text(), target.read_text()) == ("newer", "new")


def test_what_the_system_says_of_a_rename_is_passed_on(tmp_path):
    with pytest.raises(FileNotFoundError) as error:
        disk.rename_new(tmp_path / "none", tmp_path / "x")
    assert error.value.filename == str(tmp_path / "none")


def test_contents_are_compared_to_the_last_byte(tmp_path):
    def file(name, content):
        (tmp_path / name).write_bytes(content)
        return tmp_path / name

    big = os.urandom(2 * 1024 * 1024 + 5)
    one = file("one", big)
    assert disk.same_content(one, file("same", big))
    assert not disk.same_content(one, file("last", big[:-1] + bytes([big[-1] ^ 1])))
    assert not disk.same_content(one, file("short", big[:-1]))


def test_a_tube_is_not_an_empty_file(tmp_path):
    (tmp_path / "empty").touch()
    os.mkfifo(tmp_path / "tube")
    assert not disk.same_content(tmp_path / "empty", tmp_path / "tube")
    assert not disk.same_content(tmp_path / "tube", tmp_path / "empty")
    assert not disk.holds(tmp_path / "tube", b"")


def test_a_file_that_changes_while_compared_is_not_the_same(tmp_path, monkeypatch):
    (tmp_path / "one").write_text("one")
    (tmp_path / "other").write_text("one")
    monkeypatch.setattr(disk, "_is_file_of", lambda _path, _size: True)
    (tmp_path / "other").write_text("one and more")
    assert not disk.same_content(tmp_path / "one", tmp_path / "other")
    assert not disk.holds(tmp_path / "other", b"one")
