"""Moving what was handled out of the inbox: to ARCHIVES for good, or to REJETS with a reason (B1)."""

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from django.utils.translation import gettext as _

from comptoir.base.errors import Refusal
from comptoir.base.outcome import Outcome
from comptoir.spool import disk, names
from comptoir.spool.folders import OURS, Spool, unavailable
from comptoir.spool.passing import CannotMove, Fate, bring
from comptoir.spool.reader import Vanished


def archive(spool: Spool, file_names: Iterable[str]) -> Outcome[str]:
    """Afterwards each name done is durably in ARCHIVES and no longer in the inbox; what was done stays done.

    Another content of the same name is kept beside it, numbered. On another disk the file is copied, made
    durable, and only then taken out of the inbox. Each name skipped says why.
    Refuses: SpoolUnavailable (nothing is lost: call again).
    """
    outcome, copied = Outcome[str](), []
    for name in file_names:
        try:
            if _archived(spool, name) is Fate.COPIED:
                copied.append(name)
            outcome.done.append(name)
        except Refusal as refusal:
            outcome.skip(name, refusal)
        except OSError as error:
            outcome.skip(name, unavailable(error))
    if outcome.done:
        _settle(spool, spool.archives, copied)
    return outcome


def reject(spool: Spool, name: str, sentence: str, at: datetime) -> str:
    """Afterwards REJETS durably holds the entry and, beside it, `<name>.raison.txt`; answers its name there.

    Whatever it is (file, folder, tube, the link and never its target), under a name made sound.
    The reason is written first, so that nothing lies in REJETS without one.
    Refuses: Vanished, CannotMove, SpoolUnavailable.
    """
    _check_movable(name)
    try:
        kept_as, fate = _set_aside(spool, name, _reason(name, sentence, at))
    except OSError as error:
        raise unavailable(error) from error
    _settle(spool, spool.rejects, [name] if fate is Fate.COPIED else [])
    return kept_as


def _archived(spool: Spool, name: str) -> Fate:
    _check_movable(name)
    source, folder = spool.inbox / name, spool.archives
    candidates = names.numbered(name)
    try:
        while (fate := bring(source, folder, candidate := next(candidates))) is Fate.TAKEN:
            if disk.same_content(source, folder / candidate):
                return Fate.COPIED  # by a run that was cut, or copied back by hand
    except FileNotFoundError:
        return _gone(source, folder / name)
    return fate


def _set_aside(spool: Spool, name: str, reason: bytes) -> tuple[str, Fate]:
    source, folder = spool.inbox / name, spool.rejects
    candidates = names.numbered(names.safe(name))
    try:
        while True:
            kept_as = next(candidates)
            fate = _explained(source, folder, kept_as, reason)
            if fate is not Fate.TAKEN:
                return kept_as, fate
            if disk.same_content(source, folder / kept_as):
                return kept_as, Fate.COPIED
    except FileNotFoundError:
        kept_as = names.safe(name)
        return kept_as, _gone(source, folder / kept_as)


def _explained(source: Path, folder: Path, kept_as: str, reason: bytes) -> Fate:
    """Bring it with its reason, which goes first and does not stay alone."""
    source.lstat()
    if os.path.lexists(folder / kept_as):
        return Fate.TAKEN
    explanation = folder / (kept_as + names.REASON_SUFFIX)
    disk.write_over(folder / ".tmp", explanation, reason)
    try:
        return bring(source, folder, kept_as)
    except BaseException:
        if not os.path.lexists(folder / kept_as):
            disk.discard(explanation)
        raise


def _gone(source: Path, target: Path) -> Fate:
    """What a missing file means: moved by a run that was cut, taken away by somebody, or a missing folder."""
    if os.path.lexists(source):
        raise CannotMove(_("Le dossier où ce fichier doit aller est introuvable."))
    if os.path.lexists(target):
        return Fate.MOVED
    raise Vanished(_("Le fichier n’est plus dans le dossier Résa."))


def _settle(spool: Spool, folder: Path, copied: list[str]) -> None:
    """Names durable where they went before they leave where they were: no power cut can lose a file."""
    try:
        disk.sync_folder(folder)
        for name in copied:
            (spool.inbox / name).unlink(missing_ok=True)  # another mover may be as far
        disk.sync_folder(spool.inbox)
    except OSError as error:
        raise unavailable(error) from error


def _check_movable(name: str) -> None:
    if not names.is_component(name) or name in OURS:
        raise CannotMove(_("Ce nom n’est pas celui d’un fichier à traiter du dossier Résa."))


def _reason(name: str, sentence: str, at: datetime) -> bytes:
    text = _("Fichier\u00a0: «\u202f%(name)s\u202f»\nMis de côté le\u00a0: %(at)s UTC\nMotif\u00a0: %(sentence)s\n") % {
        "name": names.shown(name, longest=300),
        "at": f"{at.astimezone(UTC):%d/%m/%Y %H:%M:%S}",
        "sentence": sentence,
    }
    return text.encode(errors="backslashreplace")
