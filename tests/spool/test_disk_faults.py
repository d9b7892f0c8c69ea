"""T11, T12, T14: a full, broken or read-only disk answers at any call: no false success, and a retry settles it."""

import pytest

from comptoir.spool.folders import Spool, pending_names, prepare
from tests.spool.made import file_of, name_of

pytestmark = pytest.mark.fault
CONTENT, NAME = file_of().decode(), name_of()
NAMES = [name_of(f"PR-{number}") for number in range(3)]
ERRORS = {
    "openat": ["ENOSPC", "EROFS", "EACCES", "EMFILE"],
    "write": ["ENOSPC", "EIO", "EDQUOT"],
    "fsync": ["EIO", "ENOSPC"],
    "close": ["EIO"],
    "renameat2": ["ENOSPC", "EIO", "EROFS"],
}


@pytest.fixture
def rooms(tmp_path):
    def make():
        room = Spool(tmp_path / f"room{len(list(tmp_path.iterdir()))}" / "Resa")
        prepare(room)
        return room

    return make


def lies(lab, rooms, program):
    """Every answer of a writer that is not true of the disk, for every error at every call."""
    for call, number in lab.points(program, str(rooms().root), NAME, CONTENT):
        for error in ERRORS.get(call, []):
            room = rooms()
            run = lab.run(program, str(room.root), NAME, CONTENT, inject=f"{call}:error={error}:when={number}")
            seen = {name: (room.inbox / name).read_text() for name in pending_names(room)}
            if run.code != "spool-unavailable":
                yield f"{error} at {call} {number}: it says {run.code}"
            if seen not in ({}, {NAME: CONTENT}):
                yield f"{error} at {call} {number}: the inbox shows a part"
            if lab.run(program, str(room.root), NAME, CONTENT, trace=False).code != "done":
                yield f"{error} at {call} {number}: the retry fails"
            if (room.inbox / NAME).read_text() != CONTENT or [*room.tmp.iterdir()]:
                yield f"{error} at {call} {number}: the retry does not settle it"


def test_no_error_of_the_disk_becomes_a_success(lab, rooms):
    assert list(lies(lab, rooms, "write")) == []


@pytest.mark.parametrize("program", ["write_minding_no_error", "write_in_place", "write_without_retry"])
def test_the_check_catches_a_writer_that_lies(lab, rooms, program):
    assert list(lies(lab, rooms, program))


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("write:error=ENOSPC", "plein"),
        ("write:error=EDQUOT", "plein"),
        ("openat:error=EROFS", "lecture seule"),
        ("openat:error=EACCES", "pas le droit"),
        ("fsync:error=EIO", "panne"),
        ("openat:error=EMFILE", "EMFILE"),
    ],
)
def test_the_refusal_says_what_the_disk_said(lab, rooms, fault, words):
    assert words in lab.run("write", str(rooms().root), NAME, CONTENT, inject=fault).value


def test_a_disk_that_cannot_rename_without_replacing_still_never_replaces(lab, rooms):
    room = rooms()
    old = "renameat2:error=EINVAL"
    assert lab.run("write", str(room.root), NAME, CONTENT, inject=old).code == "done"
    assert (room.inbox / NAME).read_text() == CONTENT
    assert lab.run("write", str(room.root), NAME, CONTENT, inject=old).code == "done"
    assert lab.run("write", str(room.root), NAME, "other", inject=old).code == "spool-conflict"
    assert (room.inbox / NAME).read_text() == CONTENT


def test_a_network_disk_without_fsync_on_folders_is_accepted(lab, rooms):
    room = rooms()
    assert lab.run("write", str(room.root), NAME, CONTENT, inject="fsync:error=EINVAL:when=2").code == "done"


def test_what_cannot_be_archived_stays_and_says_why(lab, rooms):
    room = rooms()
    for name in NAMES:
        (room.inbox / name).write_text(CONTENT)
    run = lab.run("archive_with_skips", str(room.root), NAMES, inject="renameat2:error=EROFS:when=2")
    assert run.value == [[NAMES[0], NAMES[2]], [[NAMES[1], "Le disque du dossier Résa est en lecture seule."]]]
    assert (room.inbox / NAMES[1]).read_text() == CONTENT


@pytest.mark.parametrize("number", [1, 2])
def test_archives_that_cannot_be_made_durable_are_not_said_done(lab, rooms, number):
    room = rooms()
    for name in NAMES:
        (room.inbox / name).write_text(CONTENT)
    assert (
        lab.run("archive", str(room.root), NAMES, inject=f"fsync:error=EIO:when={number}").code == "spool-unavailable"
    )
    assert lab.run("archive", str(room.root), NAMES).code == "done"
    assert len(list(room.archives.iterdir())) == len(NAMES)


@pytest.mark.parametrize("call", ["write", "fsync", "openat"])
def test_a_copy_to_a_full_disk_leaves_the_original(lab, rooms, other_disk, call):
    room = rooms()
    room.archives.rmdir()
    room.archives.symlink_to(other_disk)
    (room.inbox / NAME).write_text(CONTENT)
    assert lab.run("archive", str(room.root), [NAME], inject=f"{call}:error=ENOSPC:when=1+").code == "spool-unavailable"
    assert (room.inbox / NAME).read_text() == CONTENT
    assert not (room.archives / NAME).exists()
    assert lab.run("archive", str(room.root), [NAME]).code == "done"
    assert ((room.archives / NAME).read_text(), (room.inbox / NAME).exists()) == (CONTENT, False)


@pytest.mark.parametrize("call", ["openat", "write", "fsync", "renameat2"])
def test_a_rejection_that_fails_leaves_the_original(lab, rooms, call):
    room = rooms()
    (room.inbox / NAME).write_text("")
    run = lab.run("reject", str(room.root), NAME, inject=f"{call}:error=ENOSPC:when=1")
    assert run.code == "spool-unavailable"
    assert (room.inbox / NAME).exists()
    assert lab.run("reject", str(room.root), NAME).value == NAME
