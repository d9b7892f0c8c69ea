"""A disk of 256 KB of its own, filled for real: run by `unshare --mount`, so that nothing else ever sees it."""

import json
import subprocess
import sys
from pathlib import Path

from django.conf import settings

settings.configure(USE_I18N=False)

from comptoir.spool import mover, writer  # noqa: E402
from comptoir.spool.folders import Spool, SpoolUnavailable, pending_names, prepare  # noqa: E402
from tests.spool.made import AT, file_of, name_of  # noqa: E402


def main(folder):
    mount("tmpfs", folder)
    spool = Spool(folder / "Resa")
    prepare(spool)
    said_done, sentence = fill(spool)
    said = {"said_done": len(said_done), "sentence": sentence, "lies": lies(spool, said_done)}
    said["rejects"] = refused(lambda: mover.reject(spool, said_done[0], "Vide.", AT))
    said["archived_when_full"] = len(mover.archive(spool, said_done[:20]).done)
    subprocess.run(["mount", "-o", "remount,size=512k", folder], check=True)
    writer.write_whole(spool, name_of("PR-LAST"), file_of("PR-LAST"))
    said["retry"] = (spool.inbox / name_of("PR-LAST")).read_bytes() == file_of("PR-LAST")
    subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
    said["read_only"] = refused(lambda: prepare(spool))
    said["read_only_write"] = refused(lambda: writer.write_whole(spool, name_of("PR-RO"), file_of("PR-RO")))
    said["read_only_archive"] = [one.refusal.sentence for one in mover.archive(spool, [name_of("PR-LAST")]).skipped]
    return said


def mount(kind, folder):
    subprocess.run(["mount", "-t", kind, "-o", "size=256k", kind, folder], check=True)


def fill(spool):
    """Write until the disk refuses; what was said done, and the refusal."""
    said_done = []
    while True:
        name = name_of(f"PR-{len(said_done)}")
        try:
            writer.write_whole(spool, name, file_of(f"PR-{len(said_done)}"))
        except SpoolUnavailable as refusal:
            return said_done, refusal.sentence
        said_done.append(name)


def lies(spool, said_done):
    """Names whose file is not what was said."""
    whole = {name_of(f"PR-{number}"): file_of(f"PR-{number}") for number in range(len(said_done))}
    seen = {name: (spool.inbox / name).read_bytes() for name in pending_names(spool)}
    return [name for name in seen.keys() | whole.keys() if seen.get(name) != whole.get(name)]


def refused(act):
    try:
        act()
    except SpoolUnavailable as refusal:
        return refusal.sentence
    return "not refused"


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
