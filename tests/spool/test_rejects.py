"""What cannot be read is set aside under a sound name, with the reason beside it; links are moved, never followed."""

import os

import pytest

from comptoir.spool import mover
from comptoir.spool.folders import SpoolUnavailable, pending_names
from comptoir.spool.mover import reject
from comptoir.spool.passing import CannotMove
from comptoir.spool.reader import Vanished
from tests.spool.made import AT
from tests.spool.test_mover import far  # noqa: F401 (a fixture)

WHY = "Le fichier est vide."


def kept(spool):
    return sorted(path.name for path in spool.rejects.iterdir() if path.name != ".tmp")


def test_the_reason_lies_beside_the_file(spool):
    (spool.inbox / "x.log").write_text("")
    assert reject(spool, "x.log", WHY, AT) == "x.log"
    assert kept(spool) == ["x.log", "x.log.raison.txt"]
    assert list(pending_names(spool)) == []
    text = (spool.rejects / "x.log.raison.txt").read_text()
    assert text == (
        "Fichier\u00a0: «\u202fx.log\u202f»\nMis de côté le\u00a0: 22/11/2026 13:03:10 UTC\n"
        "Motif\u00a0: Le fichier est vide.\n"
    )


def test_anything_is_moved_as_it_is(spool, tmp_path):
    (tmp_path / "target").write_text("kept")
    (spool.inbox / "link.log").symlink_to(tmp_path / "target")
    (spool.inbox / "folder.log").mkdir()
    (spool.inbox / "folder.log" / "in").write_text("in")
    os.mkfifo(spool.inbox / "tube.log")
    for name in ("link.log", "folder.log", "tube.log"):
        assert reject(spool, name, WHY, AT) == name
    assert (spool.rejects / "link.log").readlink() == tmp_path / "target"
    assert (tmp_path / "target").read_text() == "kept"
    assert (spool.rejects / "folder.log" / "in").read_text() == "in"
    assert (spool.rejects / "tube.log").is_fifo()


def test_odd_names_become_sound_and_the_reason_tells_the_first(spool):
    (spool.inbox / "a\nb\udce9.log").write_text("")
    name = reject(spool, "a\nb\udce9.log", "phrase \ud800", AT)
    assert name.startswith("a_b_.log~")
    assert "«\u202fa\\u000ab\\xe9.log\u202f»" in (spool.rejects / f"{name}.raison.txt").read_text()


def test_a_second_of_the_same_name_is_kept_beside_the_first(spool):
    names = []
    for content in ("one", "two", "one"):
        (spool.inbox / "x.log").write_text(content)
        names.append(reject(spool, "x.log", WHY, AT))
    assert names == ["x.log", "x.2.log", "x.log"]
    assert kept(spool) == ["x.2.log", "x.2.log.raison.txt", "x.log", "x.log.raison.txt"]


def test_a_file_named_like_a_reason_takes_no_reason_s_place(spool):
    for name in ("x.log.raison.txt", "x.log"):
        (spool.inbox / name).write_text("mine")
        reject(spool, name, WHY, AT)
    assert len(kept(spool)) == 4
    assert WHY in (spool.rejects / "x.log.raison.txt").read_text()


def test_done_is_done_and_what_was_never_there_is_said(spool):
    (spool.inbox / "x.log").write_text("")
    assert reject(spool, "x.log", WHY, AT) == reject(spool, "x.log", WHY, AT)
    with pytest.raises(Vanished):
        reject(spool, "none.log", WHY, AT)
    assert kept(spool) == ["x.log", "x.log.raison.txt"]


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "a/b", "\ud800", "ARCHIVES", "REJETS", ".tmp"])
def test_what_is_not_an_entry_to_handle_is_refused(spool, name):
    with pytest.raises(CannotMove):
        reject(spool, name, WHY, AT)


def test_a_file_that_leaves_meanwhile_leaves_no_reason_behind(spool, monkeypatch):
    (spool.inbox / "x.log").write_text("")

    def gone(source, folder, name):
        source.unlink()
        raise FileNotFoundError(2, "gone", str(source))

    monkeypatch.setattr("comptoir.spool.mover.bring", gone)
    with pytest.raises(Vanished):
        reject(spool, "x.log", WHY, AT)
    assert kept(spool) == []


def test_rejects_that_cannot_be_written_are_said(spool):
    (spool.inbox / "x.log").write_text("")
    spool.rejects.rmdir()
    spool.rejects.write_text("")
    with pytest.raises(SpoolUnavailable):
        reject(spool, "x.log", WHY, AT)
    assert (spool.inbox / "x.log").exists()


def test_on_another_disk_files_and_links_are_set_aside_too(far):  # noqa: F811
    (far.inbox / "x.log").write_text("x")
    (far.inbox / "link.log").symlink_to("/etc/hostname")
    (far.inbox / "folder.log").mkdir()
    assert [reject(far, name, WHY, AT) for name in ("x.log", "link.log")] == ["x.log", "link.log"]
    assert (far.rejects / "x.log").read_text() == "x"
    assert str((far.rejects / "link.log").readlink()) == "/etc/hostname"
    with pytest.raises(CannotMove):
        reject(far, "folder.log", WHY, AT)
    assert list(pending_names(far)) == ["folder.log"]
    assert "folder.log.raison.txt" not in kept(far)


def test_a_name_taken_meanwhile_keeps_its_owner_and_the_next_is_used(spool, monkeypatch):
    (spool.inbox / "x.log").write_text("mine")
    bringing = mover.bring

    def outrun(source, folder, name):
        if name == "x.log":
            (folder / name).write_text("another's")
        return bringing(source, folder, name)

    monkeypatch.setattr(mover, "bring", outrun)
    assert reject(spool, "x.log", WHY, AT) == "x.2.log"
    assert (spool.rejects / "x.log").read_text() == "another's"


def test_a_reason_stays_with_the_file_another_process_brought(spool, monkeypatch):
    (spool.inbox / "x.log").write_text("")

    def outrun(source, folder, name):
        source.rename(folder / name)
        raise FileNotFoundError(2, "gone", str(source))

    monkeypatch.setattr(mover, "bring", outrun)
    assert reject(spool, "x.log", WHY, AT) == "x.log"
    assert kept(spool) == ["x.log", "x.log.raison.txt"]
