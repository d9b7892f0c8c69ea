"""What the laboratory runs: the product itself, called as the floors above call it."""

from datetime import UTC, datetime
from pathlib import Path

from comptoir.base.errors import Refusal
from comptoir.spool import mover, reader, writer
from comptoir.spool.folders import Spool, pending_names, prepare
from tests.spool.made import AT, KEY


def ready(root):
    """The spool of that root, its folders made."""
    spool = Spool(Path(root))
    prepare(spool)
    return spool


def write(root, name, content):
    writer.write_whole(ready(root), name, content.encode())


def write_many(root, names, content):
    for name in names:
        write(root, name, content)


def archive(root, names):
    outcome = mover.archive(Spool(Path(root)), names)
    if outcome.skipped:
        raise outcome.skipped[0].refusal
    return outcome.done


def prepare_only(root):
    prepare(Spool(Path(root)), create=False)


def archive_with_skips(root, names):
    outcome = mover.archive(Spool(Path(root)), names)
    return outcome.done, [(one.name, one.refusal.sentence) for one in outcome.skipped]


def reject(root, name):
    return mover.reject(Spool(Path(root)), name, "Le fichier est vide.", AT)


def take_in(root):
    """What a round does with an inbox, the database aside: read all, archive the good, set the others aside."""
    spool, good, bad = Spool(Path(root)), [], {}
    for name in list(pending_names(spool)):
        try:
            found = reader.read(spool, name)
            reader.check_seal(found.payload, KEY)
        except reader.Vanished:
            continue
        except Refusal as refusal:
            kept_as = mover.reject(spool, name, refusal.sentence, datetime.now(UTC))
            bad[name.encode("utf-8", "surrogateescape").hex()] = [kept_as, refusal.code, refusal.sentence]
        else:
            good.append(name)
    outcome = mover.archive(spool, good)
    return {"good": len(outcome.done), "skipped": len(outcome.skipped), "bad": bad}
