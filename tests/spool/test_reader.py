"""One file read: its payload and digest, or one sentence; T08's contents one by one, and what happens meanwhile."""

import errno
import hashlib
import os
import socket
import unicodedata

import pytest

from comptoir.spool import disk, reader
from comptoir.spool.folders import Spool, SpoolUnavailable
from comptoir.spool.reader import Foreign, Unreadable, Vanished, check_seal, read, read_bytes_digest
from comptoir.spool.seal import encode
from tests.spool import hostile
from tests.spool.made import KEY, drop, file_of, name_of, payload


def test_a_sound_file_is_read_with_its_digest(spool):
    name = drop(spool)
    found = read(spool, name)
    assert (found.name, found.digest) == (name, hashlib.sha256(file_of()).hexdigest())
    assert {key: found.payload[key] for key in payload()} == payload()
    check_seal(found.payload, KEY)


@pytest.mark.parametrize("what", hostile.CONTENTS)
def test_each_content_is_refused_in_its_own_words(spool, what):
    content, words = hostile.CONTENTS[what]
    (spool.inbox / name_of()).write_bytes(content)
    with pytest.raises((Unreadable, Foreign)) as refused:
        check_seal(read(spool, name_of()).payload, KEY)
    assert words in refused.value.sentence.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    "name",
    [
        "../x.log",
        "/etc/passwd",
        "a/b.log",
        "",
        ".",
        "..",
        "x\n.log",
        "x\0.log",
        "x.txt",
        "\ud800.log",
        "x" * 300,
    ],
)
def test_a_name_that_leads_elsewhere_is_never_opened(spool, name, monkeypatch):
    monkeypatch.setattr(disk, "open_to_read", lambda _path: pytest.fail("opened"))
    with pytest.raises(Unreadable):
        read(spool, name)


def test_a_file_that_is_gone_is_not_called_unreadable(spool):
    with pytest.raises(Vanished):
        read(spool, name_of())


def test_a_file_that_leaves_between_the_look_and_the_opening(spool, monkeypatch):
    name = drop(spool)

    def leave_then_open(path):
        path.unlink()
        return os.open(path, os.O_RDONLY)

    monkeypatch.setattr(disk, "open_to_read", leave_then_open)
    with pytest.raises(Vanished):
        read(spool, name)


def test_a_file_that_becomes_a_link_between_the_look_and_the_opening(spool, monkeypatch):
    name, opening = drop(spool), disk.open_to_read

    def swap_then_open(path):
        path.unlink()
        path.symlink_to("/etc/hostname")
        return opening(path)

    monkeypatch.setattr(disk, "open_to_read", swap_then_open)
    with pytest.raises(Unreadable, match="lien"):
        read(spool, name)


def test_a_file_that_becomes_a_tube_between_the_look_and_the_opening(spool, monkeypatch):
    name, opening = drop(spool), disk.open_to_read

    def swap_then_open(path):
        path.unlink()
        os.mkfifo(path)
        return opening(path)

    monkeypatch.setattr(disk, "open_to_read", swap_then_open)
    with pytest.raises(Unreadable, match="tube"):
        read(spool, name)


def test_a_file_is_whole_even_if_reads_come_in_parts(spool, monkeypatch):
    name, reading = drop(spool), os.read
    monkeypatch.setattr(reader.os, "read", lambda descriptor, size: reading(descriptor, min(size, 100)))
    assert read(spool, name).digest == hashlib.sha256(file_of()).hexdigest()


def test_a_file_that_grows_while_read_is_bounded(spool, monkeypatch):
    name = drop(spool)
    monkeypatch.setattr(reader.os, "read", lambda _descriptor, size: b"x" * min(size, 5000))
    with pytest.raises(Unreadable, match="trop gros"):
        read(spool, name)


def test_a_broken_disk_is_not_the_file_s_fault(spool, monkeypatch):
    name = drop(spool)

    def broken(_descriptor, _size):
        raise OSError(5, "EIO")

    monkeypatch.setattr(reader.os, "read", broken)
    with pytest.raises(SpoolUnavailable, match="panne"):
        read(spool, name)


def test_texts_come_in_their_composed_form(spool):
    (spool.inbox / name_of()).write_bytes(unicodedata.normalize("NFD", file_of().decode()).encode())
    found = read(spool, name_of())
    assert found.payload["contact"]["last_name"] == "Lefèvre"
    check_seal(found.payload, KEY)


def test_escaped_letters_are_the_same_letters(spool):
    (spool.inbox / name_of()).write_bytes(file_of().decode().replace("Zoé", "Zo\\u00e9").encode())
    check_seal(read(spool, name_of()).payload, KEY)


def test_brackets_in_a_text_are_no_levels(spool):
    (spool.inbox / name_of()).write_bytes(encode(payload(note='[{"' * 60), KEY))
    assert read(spool, name_of()).payload["note"] == '[{"' * 60


def test_the_limit_and_the_required_members_are_the_caller_s(spool):
    name = drop(spool)
    with pytest.raises(Unreadable, match="pour 100 au plus"):
        read(spool, name, limit=100)
    with pytest.raises(Unreadable, match="organisation"):
        read(spool, name, required=("reference", "organisation"))
    assert read(spool, name, limit=len(file_of()), required=()).name == name


def test_a_missing_spool_is_no_unreadable_file(tmp_path):
    with pytest.raises(Vanished):
        read(Spool(tmp_path / "none"), name_of())


def test_a_digest_alone_is_read_as_carefully(spool):
    name = drop(spool)
    assert read_bytes_digest(spool, name) == hashlib.sha256(file_of()).hexdigest()
    (spool.inbox / "link.log").symlink_to("/etc/hostname")
    for wrong in ("link.log", "../x.log"):
        with pytest.raises(Unreadable):
            read_bytes_digest(spool, wrong)


def test_what_is_no_file_is_named_for_what_it_is(spool, tmp_path, monkeypatch):
    monkeypatch.chdir(spool.inbox)  # the path of a socket is short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.log")
    (spool.inbox / "folder.log").mkdir()
    (spool.inbox / "device.log").symlink_to("/dev/null")
    for name, words in (("socket.log", "socket"), ("folder.log", "dossier")):
        with pytest.raises(Unreadable, match=words):
            read(spool, name)
    monkeypatch.setattr(type(tmp_path), "lstat", lambda path: path.stat())
    with pytest.raises(Unreadable, match="périphérique"):
        read(spool, "device.log")


def test_a_file_closed_to_comptoir_is_said(spool, monkeypatch):
    name = drop(spool)

    def closed(_path):
        raise PermissionError(errno.EACCES, "closed")

    monkeypatch.setattr(disk, "open_to_read", closed)
    with pytest.raises(Unreadable, match="pas le droit de lire"):
        read(spool, name)
