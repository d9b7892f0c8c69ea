"""T03: kill -9 at every system call of the writer and the movers: nothing or one whole file, and a retry settles it."""

import itertools

import pytest

from comptoir.spool.folders import Spool, pending_names, prepare
from tests.spool.made import file_of, name_of

pytestmark = pytest.mark.fault
CONTENT = file_of().decode()
NAME = name_of()
NAMES = [name_of(f"PR-{number}") for number in range(3)]


def sweep(lab, tmp_path, program, make, wrong):
    """Kill the program at each of its calls, run it again; what was wrong after the kill or after the retry."""
    rooms = (Spool(tmp_path / f"room{number}") for number in itertools.count())
    first = next(rooms)
    points = lab.points(program, *make(first))
    found = []
    for call, number in points:
        room = next(rooms)
        args = make(room)
        run = lab.run(program, *args, inject=f"{call}:signal=SIGKILL:when={number}")
        assert run.killed, (call, number)
        found += [f"killed at {call} {number}: {one}" for one in wrong(room, after_retry=False)]
        again = lab.run(program, *args, trace=False)
        if again.code != "done":
            found.append(f"killed at {call} {number}: the retry says {again.value}")
        found += [f"killed at {call} {number}, retried: {one}" for one in wrong(room, after_retry=True)]
    return points, found


def to_write(room):
    prepare(room)
    return str(room.root), NAME, CONTENT


def wrong_after_writing(room, *, after_retry):
    seen = {name: (room.inbox / name).read_text() for name in pending_names(room)}
    if seen not in ([{NAME: CONTENT}] if after_retry else [{}, {NAME: CONTENT}]):
        yield f"the inbox shows {[(name, len(text)) for name, text in seen.items()]}"


def to_archive(room):
    prepare(room)
    for name in NAMES:
        (room.inbox / name).write_text(CONTENT + name)
    return str(room.root), NAMES


def wrong_after_archiving(room, *, after_retry):
    for name in NAMES:
        held = [(folder / name).read_text() for folder in (room.inbox, room.archives) if (folder / name).exists()]
        if held != [CONTENT + name] or (after_retry and not (room.archives / name).exists()):
            yield f"{name} held {len(held)} times"
    if after_retry and len([path for path in room.archives.iterdir() if path.is_file()]) != len(NAMES):
        yield "more in ARCHIVES than there was"


def wrong_after_archiving_elsewhere(room, *, after_retry):
    for name in NAMES:
        held = [(folder / name).read_text() for folder in (room.archives, room.inbox) if (folder / name).exists()]
        if set(held) != {CONTENT + name} or (after_retry and len(held) != 1):
            yield f"{name} held {len(held)} times"


def to_reject(room):
    prepare(room)
    (room.inbox / NAME).write_text("")
    return str(room.root), NAME


def wrong_after_rejecting(room, *, after_retry):
    waits, kept = (room.inbox / NAME).exists(), (room.rejects / NAME).exists()
    reason = room.rejects / f"{NAME}.raison.txt"
    if waits == kept:
        yield "twice there, or nowhere"
    if kept and not (reason.exists() and "vide" in reason.read_text()):
        yield "set aside without a reason"
    if after_retry and {path.name for path in room.rejects.iterdir()} - {".tmp"} != {NAME, reason.name}:
        yield "REJETS holds something else"


def test_a_killed_writer_leaves_nothing_or_one_whole_file(lab, tmp_path):
    points, found = sweep(lab, tmp_path, "write", to_write, wrong_after_writing)
    assert found == []
    assert {"openat", "write", "fsync", "renameat2"} <= {call for call, _ in points}


def test_a_writer_killed_while_the_folders_are_being_made_is_finished_by_the_next(lab, tmp_path):
    def wrong(room, *, after_retry):
        yield from wrong_after_writing(room, after_retry=after_retry) if room.root.exists() else ()

    points, found = sweep(
        lab, tmp_path, "write", lambda room: (str(room.root / "Resa"), NAME, CONTENT), at_depth(wrong)
    )
    assert found == []
    assert any(call.startswith("mkdir") for call, _ in points)


def at_depth(wrong):
    return lambda room, *, after_retry: wrong(Spool(room.root / "Resa"), after_retry=after_retry)


def test_killed_movers_lose_and_double_nothing(lab, tmp_path):
    points, found = sweep(lab, tmp_path, "archive", to_archive, wrong_after_archiving)
    assert found == []
    assert ("renameat2", 3) in points


def test_killed_copies_to_another_disk_lose_and_double_nothing(lab, tmp_path, other_disk):
    numbers = itertools.count()

    def make(room):
        room.root.mkdir(parents=True)
        (elsewhere := other_disk / str(next(numbers))).mkdir()
        room.archives.symlink_to(elsewhere)
        return to_archive(room)

    points, found = sweep(lab, tmp_path, "archive", make, wrong_after_archiving_elsewhere)
    assert found == []
    assert ("write", 3) in points


def test_a_killed_rejection_is_finished_by_the_next(lab, tmp_path):
    points, found = sweep(lab, tmp_path, "reject", to_reject, wrong_after_rejecting)
    assert found == []
    assert len(points) > 8


@pytest.mark.parametrize(
    ("program", "make", "wrong"),
    [
        ("write_in_place", to_write, wrong_after_writing),
        ("write_without_retry", to_write, wrong_after_writing),
        ("archive_by_copying_in_place", to_archive, wrong_after_archiving),
        ("archive_by_deleting_first", to_archive, wrong_after_archiving),
        ("reject_then_explain", to_reject, wrong_after_rejecting),
    ],
)
def test_the_sweep_catches_sabotage(lab, tmp_path, program, make, wrong):
    _points, found = sweep(lab, tmp_path, program, make, wrong)
    assert found
