"""T08: hostile files among a hundred good: each set aside with its reason, no link followed, all good ones taken."""

import os
import pwd
import time

import pytest

from comptoir.spool.folders import Spool, pending_names, prepare
from tests.spool import hostile
from tests.spool.made import drop

pytestmark = pytest.mark.fault


@pytest.fixture
def room(shared_folder):
    room = Spool(shared_folder / "Resa")
    prepare(room)
    return room


def wrong_after(lab, room, outside, program):
    """Everything that is not as it should be once the program has gone through the folder."""
    expected = hostile.lay(room.root, outside)
    for number in range(100):
        drop(room, f"PR-{number}")
    open_to_nobody(outside.parent)
    said = lab.run(program, str(room.root), as_nobody=os.geteuid() == 0, trace=False).value
    if not isinstance(said, dict):
        yield f"the round stopped: {said}"
        return
    if (said["good"], said["skipped"], len(list(pending_names(room)))) != (100, 0, 0):
        yield f"{said['good']} taken, {said['skipped']} skipped"
    if outside.read_bytes() != hostile.GOOD:
        yield "what a link leads to was touched"
    for name, words in expected.items():
        kept_as, _code, sentence = said["bad"].get(name.hex(), ("nothing", "", ""))
        if flat(words) not in flat(sentence):
            yield f"{name}: « {sentence} » instead of « {words} »"
        elif not os.path.lexists(room.rejects / kept_as):
            yield f"{name}: not in REJETS"
        elif flat(sentence) not in flat((room.rejects / f"{kept_as}.raison.txt").read_text()):
            yield f"{name}: without its reason"


def test_hostile_files_are_set_aside_and_the_good_ones_taken(lab, room, shared_folder):
    begun = time.monotonic()
    assert list(wrong_after(lab, room, shared_folder / "outside", "take_in")) == []
    assert time.monotonic() - begun < 20
    assert len([path for path in room.rejects.iterdir() if path.name.endswith(".raison.txt")]) >= 40
    assert (room.rejects / "link.log").is_symlink()
    assert (room.rejects / "folder.log" / "inside.log").exists()


@pytest.mark.parametrize(
    "program",
    ["take_in_following_links", "take_in_any_json", "take_in_without_seal", "take_in_stopping_at_the_first"],
)
def test_the_check_catches_a_careless_round(lab, room, shared_folder, program):
    assert list(wrong_after(lab, room, shared_folder / "outside", program))


def open_to_nobody(folder):
    if os.geteuid() != 0:
        return
    nobody = pwd.getpwnam("nobody")
    for parent, folders, files in os.walk(os.fsencode(folder)):
        for name in [b".", *folders, *files]:
            os.lchown(parent + b"/" + name, nobody.pw_uid, nobody.pw_gid)


def flat(text):
    return text.replace("\u202f", " ").replace("\u00a0", " ")
