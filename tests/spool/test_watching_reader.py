"""A reader that polls the folder while files are written never sees half of one; written in place, it does."""

import threading

import pytest

from comptoir.base.errors import Refusal
from comptoir.spool.folders import Spool, pending_names, prepare
from comptoir.spool.reader import Vanished, read
from tests.spool.made import file_of, name_of

pytestmark = pytest.mark.fault
NAMES = [name_of(f"PR-{number}") for number in range(200)]
CONTENT = file_of(note="é" * 50_000).decode()


def halves_seen(lab, root, program):
    """How many files were found half there while the program wrote them."""
    spool = Spool(root)
    prepare(spool)
    writing = threading.Thread(target=lab.run, args=(program, str(root), NAMES, CONTENT), kwargs={"trace": False})
    writing.start()
    whole, halves = set(), set()
    while writing.is_alive() or len(whole) < len(NAMES):
        for name in set(pending_names(spool)) - whole:
            try:
                read(spool, name)
                whole.add(name)
            except Vanished:
                continue
            except Refusal:
                halves.add(name)
    writing.join()
    return len(halves)


def test_a_watching_reader_never_sees_half_a_file(lab, tmp_path):
    assert halves_seen(lab, tmp_path / "Resa", "write_many") == 0


def test_a_watching_reader_catches_writing_in_place(lab, tmp_path):
    rounds = (halves_seen(lab, tmp_path / f"Resa{number}", "write_many_in_place") for number in range(5))
    assert any(rounds)
