"""A file is written whole, once, under a name nobody else has; what killed writers leave is swept."""

import os
import resource
import threading
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

import pytest

from comptoir.spool import disk, writer
from comptoir.spool.folders import Spool, SpoolUnavailable, pending_names
from comptoir.spool.writer import SpoolConflict, sweep_tmp, write_over, write_whole
from tests.spool.made import file_of, name_of

NAME, CONTENT = name_of(), file_of()


def test_a_file_is_written_and_nothing_is_left_beside_it(spool):
    write_whole(spool, NAME, CONTENT)
    assert (spool.inbox / NAME).read_bytes() == CONTENT
    assert [*spool.tmp.iterdir()] == []
    assert (spool.inbox / NAME).stat().st_mode & 0o777 == 0o640


def test_the_same_again_is_success_and_changes_nothing(spool):
    write_whole(spool, NAME, CONTENT)
    before = (spool.inbox / NAME).stat()
    write_whole(spool, NAME, CONTENT)
    after = (spool.inbox / NAME).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert [*spool.tmp.iterdir()] == []


@pytest.mark.parametrize("other", [b"", CONTENT + b"\n", CONTENT[:-1] + b" "])
def test_another_content_under_the_same_name_is_a_conflict(spool, other):
    write_whole(spool, NAME, CONTENT)
    with pytest.raises(SpoolConflict):
        write_whole(spool, NAME, other)
    assert (spool.inbox / NAME).read_bytes() == CONTENT
    assert [*spool.tmp.iterdir()] == []


def test_a_link_a_folder_or_a_tube_of_that_name_is_a_conflict(spool, tmp_path):
    (tmp_path / "target").write_bytes(CONTENT)
    (spool.inbox / "link.log").symlink_to(tmp_path / "target")
    (spool.inbox / "folder.log").mkdir()
    os.mkfifo(spool.inbox / "tube.log")
    for name in ("link.log", "folder.log", "tube.log"):
        for content in (CONTENT, b""):
            with pytest.raises(SpoolConflict):
                write_whole(spool, name, content)


@pytest.mark.parametrize("name", ["../x.log", "a/b", "", "..", "x\n.log", ".x.log", "x" * 201])
def test_an_odd_name_is_a_mistake_of_the_caller(spool, name):
    with pytest.raises(ValueError, match="not a name"):
        write_whole(spool, name, CONTENT)


def test_a_missing_folder_is_refused(tmp_path):
    with pytest.raises(SpoolUnavailable, match="introuvable"):
        write_whole(Spool(tmp_path / "none"), NAME, CONTENT)


def test_writes_that_take_a_part_are_continued(spool, monkeypatch):
    writing = os.write
    monkeypatch.setattr(disk.os, "write", lambda descriptor, rest: writing(descriptor, rest[:7]))
    write_whole(spool, NAME, CONTENT)
    assert (spool.inbox / NAME).read_bytes() == CONTENT


def test_a_file_larger_than_the_process_may_write_is_refused(spool):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (500, hard))
    try:
        with pytest.raises(SpoolUnavailable, match="EFBIG"):
            write_whole(spool, NAME, CONTENT)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(pending_names(spool)) == []
    assert [*spool.tmp.iterdir()] == []


def test_of_two_writers_one_wins_and_the_other_is_told(spool):
    contents, told, start = [file_of(note=str(number)) for number in range(8)], [], threading.Barrier(8)

    def write(content):
        start.wait()
        try:
            write_whole(spool, NAME, content)
        except SpoolConflict:
            told.append(content)

    threads = [threading.Thread(target=write, args=(content,)) for content in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted([*told, (spool.inbox / NAME).read_bytes()]) == sorted(contents)


def test_what_killed_writers_left_is_swept_and_live_ones_are_not(spool):
    now = datetime.now(UTC)
    (spool.archives / ".tmp").mkdir()
    for folder in (spool.tmp, spool.archives / ".tmp"):
        for name, age in (("old.part", 120), ("young.part", 10), ("old.txt", 120)):
            (folder / name).write_text("")
            moment = (now - timedelta(seconds=age)).timestamp()
            os.utime(folder / name, (moment, moment))
    assert sweep_tmp(spool, older_than=now - timedelta(minutes=1)) == 2
    assert {path.name for path in spool.tmp.iterdir()} == {"young.part", "old.txt"}


def test_sweeping_a_spool_without_folders_sweeps_nothing(tmp_path):
    assert sweep_tmp(Spool(tmp_path), older_than=datetime.now(UTC)) == 0


def test_a_report_is_written_again_over_the_former(spool):
    for content in (b"%PDF one", b"%PDF two"):
        write_over(spool, "compte-rendu.pdf", content)
        assert (spool.inbox / "compte-rendu.pdf").read_bytes() == content
    assert list(pending_names(spool)) == []
    assert [*spool.tmp.iterdir()] == []


def test_a_report_that_cannot_be_written_leaves_the_former(spool):
    write_over(spool, "compte-rendu.pdf", b"%PDF one")
    (spool.inbox / "folder.pdf").mkdir()
    with pytest.raises(SpoolUnavailable):
        write_over(spool, "folder.pdf", b"%PDF two")
    with pytest.raises(SpoolUnavailable):
        write_over(Spool(spool.root / "compte-rendu.pdf"), "x.pdf", b"")
    assert (spool.inbox / "compte-rendu.pdf").read_bytes() == b"%PDF one"
    assert [*spool.tmp.iterdir()] == []


def test_a_temporary_file_that_gets_its_name_while_swept_is_let_go(spool, monkeypatch):
    class Entry:
        name, path = "x.part", str(spool.tmp / "x.part")

        def stat(self, *, follow_symlinks):
            raise FileNotFoundError

    monkeypatch.setattr(writer.os, "scandir", lambda _folder: nullcontext([Entry()]))
    assert sweep_tmp(spool, older_than=datetime.now(UTC)) == 0


def test_a_folder_that_cannot_be_swept_is_said(spool, monkeypatch):
    def broken(_folder):
        raise OSError(5, "EIO")

    monkeypatch.setattr(writer.os, "scandir", broken)
    with pytest.raises(SpoolUnavailable, match="panne"):
        sweep_tmp(spool, older_than=datetime.now(UTC))
