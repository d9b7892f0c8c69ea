"""T03, T11: the plug is pulled after any call: never a name on a part, and what was said done is there."""

import pytest

from comptoir.spool.folders import Spool, prepare
from tests.spool.lab.powercut import Disk, cuts
from tests.spool.made import file_of, name_of

pytestmark = pytest.mark.fault
CONTENT, NAME = file_of().decode(), name_of()
NAMES = [name_of(f"PR-{number}") for number in range(3)]


@pytest.fixture
def room(tmp_path):
    room = Spool(tmp_path / "Resa")
    prepare(room)
    return room


def wrong_written(run, room):
    for number, last, found in cuts(run.calls, Disk()):
        whole = found.get(str(room.inbox / NAME))
        if whole is False:
            yield f"cut after call {number}: a part under the final name"
        if last and whole is None:
            yield "said done, and gone after a power cut"


def wrong_archived(run, room, archives):
    disk = Disk()
    for name in NAMES:
        disk.make(str(room.inbox / name), len(CONTENT), durable=True)
    for number, last, found in cuts(run.calls, disk):
        for name in NAMES:
            waits, kept = found.get(str(room.inbox / name)), found.get(str(archives / name))
            if not (waits or kept):
                yield f"cut after call {number}: {name} is lost"
            if kept is False:
                yield f"cut after call {number}: a part of {name} in ARCHIVES"
            if last and (waits or not kept):
                yield f"{name}: said done, and not so after a power cut"


def fill(room):
    for name in NAMES:
        (room.inbox / name).write_text(CONTENT)


def test_no_power_cut_halves_or_loses_a_file(lab, room):
    run = lab.run("write", str(room.root), NAME, CONTENT)
    assert run.code == "done"
    assert list(wrong_written(run, room)) == []


@pytest.mark.parametrize(
    "program",
    ["write_in_place", "write_without_fsync", "write_without_folder_fsync", "write_renaming_before_fsync"],
)
def test_power_cuts_catch_a_careless_writer(lab, room, program):
    run = lab.run(program, str(room.root), NAME, CONTENT)
    assert run.code == "done"
    assert list(wrong_written(run, room))


def test_no_power_cut_loses_what_is_archived(lab, room):
    fill(room)
    run = lab.run("archive", str(room.root), NAMES)
    assert run.code == "done"
    assert list(wrong_archived(run, room, room.archives)) == []
    assert [call.name for call in run.calls].count("fsync") == 2  # one of each folder for the whole batch


def test_no_power_cut_loses_what_is_archived_on_another_disk(lab, room, other_disk):
    on_another_disk(room, other_disk)
    run = lab.run("archive", str(room.root), NAMES)
    assert run.code == "done"
    assert list(wrong_archived(as_seen(run, room, other_disk), room, room.archives)) == []


@pytest.mark.parametrize("program", ["archive_by_copying_in_place", "archive_by_deleting_first"])
def test_power_cuts_catch_a_careless_mover(lab, room, program):
    fill(room)
    run = lab.run(program, str(room.root), NAMES)
    assert run.code == "done"
    assert list(wrong_archived(run, room, room.archives))


def test_power_cuts_catch_a_copy_that_leaves_before_it_arrives(lab, room, other_disk):
    on_another_disk(room, other_disk)
    run = lab.run("archive_leaving_before_arriving", str(room.root), NAMES)
    assert run.code == "done"
    assert list(wrong_archived(as_seen(run, room, other_disk), room, room.archives))


def on_another_disk(room, other_disk):
    fill(room)
    room.archives.rmdir()
    room.archives.symlink_to(other_disk)


def as_seen(run, room, other_disk):
    """The same run with one spelling for the folder that is reached through a link."""
    calls = [
        type(call)(call.name, call.args.replace(f"<{other_disk}", f"<{room.archives}"), call.result, call.rest)
        for call in run.calls
    ]
    return type(run)(run.killed, run.code, run.value, calls)
