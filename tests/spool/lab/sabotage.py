"""The same programs with one line of the product done wrong: the check that clears the product must catch each."""

import json
import os
import shutil
from pathlib import Path
from unittest.mock import Mock, patch

from comptoir.spool import disk, mover, parsing, passing, reader, writer
from comptoir.spool.folders import Spool
from tests.spool.lab import programs
from tests.spool.made import AT


def write_in_place(root, name, content):
    """Opens the final name and fills it."""
    spool = programs.ready(root)
    with (spool.inbox / name).open("wb", buffering=4096) as file:
        for start in range(0, len(content), 512):
            file.write(content[start : start + 512].encode())
        file.flush()
        os.fsync(file.fileno())
    disk.sync_folder(spool.inbox)


def write_many_in_place(root, names, content):
    for name in names:
        write_in_place(root, name, content)


def write_without_fsync(root, name, content):
    with patch.object(disk.os, "fsync", lambda _descriptor: None):
        programs.write(root, name, content)


def write_without_folder_fsync(root, name, content):
    programs.ready(root)
    with patch.object(disk, "sync_folder", lambda _folder: None):
        programs.write(root, name, content)


def write_renaming_before_fsync(root, name, content):
    spool = programs.ready(root)
    part = spool.tmp / f"{name}.part"
    with part.open("wb") as file:
        file.write(content.encode())
        file.flush()
        part.rename(spool.inbox / name)
        os.fsync(file.fileno())
    disk.sync_folder(spool.inbox)


def write_over_anything(root, name, content):
    """Renames without looking."""
    with patch.object(disk, "rename_new", lambda source, target: bool(source.replace(target))):
        programs.write(root, name, content)


def write_minding_no_error(root, name, content):
    """« It is only a log file. »"""
    try:
        programs.write(root, name, content)
    except writer.Refusal:
        return


def write_without_retry(root, name, content):
    """Takes a file that is there already for a mistake."""
    with patch.object(disk, "holds", lambda _path, _content: False):
        programs.write(root, name, content)


def archive_by_copying_in_place(root, names):
    spool = Spool(Path(root))
    for name in names:
        shutil.copyfile(spool.inbox / name, spool.archives / name)
        (spool.inbox / name).unlink()


def archive_by_deleting_first(root, names):
    spool = Spool(Path(root))
    for name in names:
        content = (spool.inbox / name).read_bytes()
        (spool.inbox / name).unlink()
        disk.write_new(spool.archives / name, content)


def archive_leaving_before_arriving(root, names):
    """On another disk: out of the inbox before the copy's name is durable."""

    def bring(source, folder, name):
        fate = passing.bring(source, folder, name)
        if fate is passing.Fate.COPIED:
            source.unlink()
        return passing.Fate.MOVED

    with patch.object(mover, "bring", bring):
        programs.archive(root, names)


def archive_over_anything(root, names):
    with patch.object(disk, "rename_new", lambda source, target: bool(source.replace(target))):
        programs.archive(root, names)


def reject_then_explain(root, name):
    """Moves first, writes the reason afterwards."""
    spool = Spool(Path(root))
    kept_as = mover.names.safe(name)
    (spool.inbox / name).rename(spool.rejects / kept_as)
    disk.write_over(spool.rejects / ".tmp", spool.rejects / f"{kept_as}.raison.txt", mover._reason(name, "Vide.", AT))
    return kept_as


def take_in_following_links(root):
    """Opens whatever the name leads to."""
    with patch.object(disk, "_READ", os.O_RDONLY | os.O_NONBLOCK), patch.object(reader, "_check_kind", lambda _: None):
        return programs.take_in(root)


def take_in_any_json(root):
    """Leaves it to Python's own parser: the last of two keys wins, decimals and NaN pass."""
    with patch.object(parsing, "_DECODER", json.JSONDecoder()):
        return programs.take_in(root)


def take_in_without_seal(root):
    with patch.object(reader, "check_seal", lambda _payload, _key: None):
        return programs.take_in(root)


def take_in_stopping_at_the_first(root):
    """One bad file stops the round."""
    with patch.object(mover, "reject", Mock(side_effect=writer.unavailable(OSError()))):
        return programs.take_in(root)
