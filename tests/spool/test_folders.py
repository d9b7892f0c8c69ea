"""The folders of a spool: made once, named when they cannot be used, listed without what is ours (T14)."""

import errno
import itertools
import os
import tracemalloc
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace

import pytest

from comptoir.spool import folders
from comptoir.spool.folders import Spool, SpoolUnavailable, file_name, pending_names, prepare, unavailable
from tests.spool.made import AT, drop


def test_prepare_makes_the_folders_and_may_be_repeated(tmp_path):
    spool = Spool(tmp_path / "acme" / "Résa")
    prepare(spool)
    drop(spool)
    prepare(spool)
    prepare(spool, create=False)
    assert {path.name for path in spool.root.iterdir() if path.is_dir()} == {"ARCHIVES", "REJETS", ".tmp"}
    assert len(list(pending_names(spool))) == 1
    assert spool.inbox.stat().st_mode & 0o007 == 0


def test_a_missing_root_is_refused_when_it_should_be_there(tmp_path):
    spool = Spool(tmp_path / "Résa")
    with pytest.raises(SpoolUnavailable, match="introuvable"):
        prepare(spool, create=False)
    assert not spool.root.exists()


@pytest.mark.parametrize("name", ["ARCHIVES", "REJETS", ".tmp"])
def test_a_file_in_place_of_a_folder_is_refused(spool, name):
    (spool.root / name).rmdir()
    (spool.root / name).write_text("")
    with pytest.raises(SpoolUnavailable, match="introuvable"):
        prepare(spool)


def test_temporary_files_on_another_disk_are_refused(spool, other_disk):
    spool.tmp.rmdir()
    spool.tmp.symlink_to(other_disk)
    with pytest.raises(SpoolUnavailable, match="même disque"):
        prepare(spool)


def test_a_folder_closed_to_comptoir_is_refused(lab, shared_folder):
    spool = Spool(shared_folder / "Resa")
    prepare(spool)
    spool.root.chmod(0o755)
    as_nobody = os.geteuid() == 0
    if not as_nobody:
        spool.archives.chmod(0o500)
    run = lab.run("prepare_only", str(spool.root), as_nobody=as_nobody, trace=False)
    assert (run.code, run.value) == ("spool-unavailable", "Comptoir n’a pas le droit d’écrire dans le dossier Résa.")
    spool.archives.chmod(0o700)


def test_everything_that_is_not_ours_is_listed(spool):
    for name in ("x.log", "odd\nname", ".hidden.log", "notes.txt", "é.log"):
        (spool.root / name).write_text("")
    (spool.root / "a folder").mkdir()
    (spool.root / "folder.pdf").mkdir()
    (spool.root / "link.pdf").symlink_to("/etc/hostname")
    os.mkfifo(spool.root / "tube.log")
    for ours in ("compte-rendu.pdf", ".snapshot/", "lost+found/"):
        (spool.root / ours).mkdir() if ours.endswith("/") else (spool.root / ours).write_text("")
    assert set(pending_names(spool)) == {
        "x.log", "odd\nname", ".hidden.log", "notes.txt", "é.log", "a folder", "folder.pdf", "link.pdf", "tube.log",
    }  # fmt: skip


def test_names_that_are_not_text_are_listed(spool):
    (spool.root / os.fsdecode(b"\xe9t\xe9.log")).touch()
    assert list(pending_names(spool)) == ["\udce9t\udce9.log"]


def test_the_list_takes_no_memory_of_its_own(spool):
    for number in range(3000):
        (spool.root / f"{number}.log").touch()
    tracemalloc.start()
    assert sum(1 for _ in pending_names(spool)) == 3000
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 60_000


def test_a_list_can_be_left_early(spool):
    drop(spool)
    assert len(list(itertools.islice(pending_names(spool), 1))) == 1


def test_a_missing_inbox_is_refused(tmp_path):
    with pytest.raises(SpoolUnavailable, match="introuvable"):
        list(pending_names(Spool(tmp_path / "none")))


def test_files_are_named_by_universal_time_and_reference():
    paris = timezone(timedelta(hours=1))
    assert file_name(AT, "PR-7K3QX9") == "20261122T130310Z-PR-7K3QX9.log"
    assert file_name(AT.astimezone(paris), "PR-7K3QX9") == file_name(AT, "PR-7K3QX9")


@pytest.mark.parametrize("reference", ["", "pr-1", "PR/1", "../PR", "PR 1", "PR\n", "-PR", "PR-"])
def test_an_odd_reference_names_no_file(reference):
    with pytest.raises(ValueError, match="not a reference"):
        file_name(AT, reference)


def test_a_moment_without_a_zone_names_no_file():
    with pytest.raises(ValueError, match="aware"):
        file_name(datetime(2026, 11, 22), "PR-1")  # noqa: DTZ001


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "plein"),
        (errno.EROFS, "lecture seule"),
        (errno.EACCES, "pas le droit"),
        (errno.ENOENT, "introuvable"),
        (errno.EIO, "panne"),
        (errno.EMFILE, r"ne répond pas \(EMFILE\)"),
        (None, r"ne répond pas \(\?\)"),
    ],
)
def test_each_answer_of_the_system_has_its_sentence(number, words):
    error = OSError(number, "in English") if number else OSError()
    with pytest.raises(SpoolUnavailable, match=words):
        raise unavailable(error)


@pytest.mark.parametrize(("read_only", "words"), [(os.ST_RDONLY, "lecture seule"), (0, "pas le droit")])
def test_a_folder_that_cannot_be_written_says_which_way(spool, monkeypatch, read_only, words):
    monkeypatch.setattr(folders.os, "access", lambda _path, _mode: False)
    monkeypatch.setattr(folders.os, "statvfs", lambda _path: SimpleNamespace(f_flag=read_only))
    with pytest.raises(SpoolUnavailable, match=words):
        prepare(spool)
