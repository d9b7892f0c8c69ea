"""Nothing is ever written or moved over something else: neither a request, nor an archive."""

import pytest

from tests.spool.made import drop, file_of, name_of

NAME = name_of()


def lost_by_writing(lab, spool, program):
    """What a second writer of the same name destroyed."""
    drop(spool)
    lab.run(program, str(spool.root), NAME, "another", trace=False)
    return (spool.inbox / NAME).read_bytes() != file_of()


def lost_by_archiving(lab, spool, program):
    """What a second file of the same name destroyed in ARCHIVES."""
    contents = [file_of(note=note) for note in ("one", "two")]
    for content in contents:
        (spool.inbox / NAME).write_bytes(content)
        lab.run(program, str(spool.root), [NAME], trace=False)
    return sorted(path.read_bytes() for path in spool.archives.iterdir()) != sorted(contents)


@pytest.mark.parametrize(("loses", "program"), [(lost_by_writing, "write"), (lost_by_archiving, "archive")])
def test_nothing_is_overwritten(lab, spool, loses, program):
    assert not loses(lab, spool, program)


@pytest.mark.parametrize(
    ("loses", "program"),
    [(lost_by_writing, "write_over_anything"), (lost_by_archiving, "archive_over_anything")],
)
def test_the_check_catches_overwriting(lab, spool, loses, program):
    assert loses(lab, spool, program)
