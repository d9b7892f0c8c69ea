"""Handled files leave the inbox once, over nothing; a copy back makes no second (T13), nor does another disk (T14)."""

import shutil
import threading
from pathlib import Path

import pytest

from comptoir.spool import disk
from comptoir.spool.folders import Spool, SpoolUnavailable, pending_names
from comptoir.spool.mover import archive
from comptoir.spool.reader import Vanished
from tests.spool.made import drop, file_of, name_of


def kept(spool):
    return sorted(path.name for path in spool.archives.iterdir() if path.is_file())


def test_files_are_archived_as_they_are(spool):
    names = [drop(spool, f"PR-{number}") for number in range(5)]
    outcome = archive(spool, iter(names))
    assert (outcome.done, outcome.skipped) == (names, [])
    assert (kept(spool), list(pending_names(spool))) == (names, [])
    assert (spool.archives / names[3]).read_bytes() == file_of("PR-3")


def test_done_is_done(spool):
    name = drop(spool)
    archive(spool, [name])
    assert archive(spool, [name, name]).done == [name, name]
    assert archive(spool, []).done == []


def test_a_file_that_was_never_there_is_skipped_and_the_others_go_on(spool):
    name = drop(spool)
    outcome = archive(spool, ["none.log", "../x.log", "ARCHIVES", "", name])
    assert outcome.done == [name]
    assert [one.name for one in outcome.skipped] == ["none.log", "../x.log", "ARCHIVES", ""]
    assert isinstance(outcome.skipped[0].refusal, Vanished)
    assert all(one.refusal.sentence for one in outcome.skipped)


def test_a_file_copied_back_a_hundred_times_is_archived_once(spool):
    name = drop(spool)
    for _ in range(100):
        archive(spool, [name])
        shutil.copy(spool.archives / name, spool.inbox / name)
    archive(spool, [name])
    assert (kept(spool), list(pending_names(spool))) == ([name], [])


def test_another_content_of_the_same_name_is_kept_beside(spool):
    for note in ("one", "two", "three", "two"):
        name = drop(spool, note=note)
        assert archive(spool, [name]).done == [name]
    stem = name.removesuffix(".log")
    assert kept(spool) == sorted([name, f"{stem}.2.log", f"{stem}.3.log"])
    assert (spool.archives / name).read_bytes() == file_of(note="one")


def test_a_link_in_archives_is_not_written_through(spool, tmp_path):
    name = drop(spool)
    (tmp_path / "target").write_bytes(file_of())
    (spool.archives / name).symlink_to(tmp_path / "target")
    archive(spool, [name])
    assert (spool.archives / name).is_symlink()
    assert len(kept(spool)) == 2


def test_missing_archives_are_said_and_nothing_is_lost(spool):
    name = drop(spool)
    spool.archives.rmdir()
    outcome = archive(spool, [name])
    assert "introuvable" in outcome.skipped[0].refusal.sentence
    assert (spool.inbox / name).exists()


def test_archives_that_vanish_before_they_are_durable(spool, monkeypatch):
    name = drop(spool)
    monkeypatch.setattr("comptoir.spool.disk.sync_folder", lambda _folder: Path("/nonexistent").stat())
    with pytest.raises(SpoolUnavailable):
        archive(spool, [name])


def test_two_movers_at_once_lose_and_double_nothing(spool):
    names = [drop(spool, f"PR-{number}") for number in range(300)]
    outcomes, start = [], threading.Barrier(4)

    def move(order):
        start.wait()
        outcomes.append(archive(spool, names[::order]))

    threads = [threading.Thread(target=move, args=(order,)) for order in (1, -1, 1, -1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (kept(spool), list(pending_names(spool))) == (sorted(names), [])
    assert [len(outcome.skipped) for outcome in outcomes] == [0, 0, 0, 0]


@pytest.fixture
def far(spool, other_disk):
    """The same spool with ARCHIVES and REJETS on another disk."""
    for folder in (spool.archives, spool.rejects):
        folder.rmdir()
        (other_disk / folder.name).mkdir()
        folder.symlink_to(other_disk / folder.name)
    return spool


def test_on_another_disk_files_are_copied_then_leave(far):
    names = [drop(far, f"PR-{number}") for number in range(3)]
    assert archive(far, names).done == names
    assert (kept(far), list(pending_names(far))) == (names, [])
    assert (far.archives / names[1]).read_bytes() == file_of("PR-1")
    assert list((far.archives / ".tmp").iterdir()) == []


def test_on_another_disk_done_is_done_and_nothing_is_overwritten(far):
    name = drop(far)
    archive(far, [name])
    assert archive(far, [name]).done == [name]
    drop(far)
    archive(far, [name])
    assert kept(far) == [name]
    drop(far, note="other")
    archive(far, [name, "none.log"])
    assert len(kept(far)) == 2


def test_on_another_disk_a_folder_is_left_and_said(far):
    (far.inbox / "folder.log").mkdir()
    outcome = archive(far, ["folder.log"])
    assert "à la main" in outcome.skipped[0].refusal.sentence
    assert (far.inbox / "folder.log").is_dir()


def test_a_spool_that_does_not_exist_skips_all(tmp_path):
    assert len(archive(Spool(tmp_path), [name_of()]).skipped) == 1


def test_a_name_taken_while_copying_is_left_to_its_owner(far, monkeypatch):
    name, copying = drop(far), disk.copy_new

    def outrun(source, path):
        copying(source, path)
        (far.archives / name).write_text("another")

    monkeypatch.setattr(disk, "copy_new", outrun)
    assert archive(far, [name]).done == [name]
    assert (far.archives / name).read_text() == "another"
    assert len(kept(far)) == 2
    assert list((far.archives / ".tmp").iterdir()) == []


def test_a_file_the_disk_keeps_back_is_skipped_with_its_reason(spool, monkeypatch):
    name = drop(spool)

    def full(*_args):
        raise OSError(28, "ENOSPC")

    monkeypatch.setattr(disk, "rename_new", full)
    assert "plein" in archive(spool, [name]).skipped[0].refusal.sentence
