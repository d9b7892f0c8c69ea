"""Each file is read once more before its request is integrated: gone or changed, it is left alone and named (T10)."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from comptoir.base.errors import Refusal
from comptoir.organisations.models import Organisation
from comptoir.preregistrations.commands import ledger
from comptoir.preregistrations.folder import spool_of
from comptoir.preregistrations.models import Request, SpoolFile
from comptoir.preregistrations.states import FileState
from comptoir.spool import reader
from comptoir.spool.folders import Spool
from comptoir.spool.parsing import Unreadable
from comptoir.spool.reader import Vanished


@dataclass
class Checked:
    """Requests whose file is sound, and the others with the sentence saying why."""

    sound: list[Request] = field(default_factory=list)
    refused: list[tuple[Request, str]] = field(default_factory=list)


def check_files(organisation: Organisation, requests: Sequence[Request], *, at: datetime) -> Checked:
    """Every request is in one of the two lists; the ledger says what was found. Expects `file` loaded."""
    spool, checked = spool_of(organisation), Checked()
    for request in requests:
        sentence = _problem(spool, request.file)
        if not sentence:
            checked.sound.append(request)
            continue
        checked.refused.append((request, sentence))
        with suppress(Refusal):  # the disk keeps the file back: the next look at the folder sets it aside
            _note(organisation, spool, request.file, sentence, at=at)
    return checked


def _problem(spool: Spool, file: SpoolFile) -> str:
    if file.state != FileState.IN_SPOOL:
        return file.reason or _("Le fichier n’est pas dans le dossier Résa.")
    try:
        same = reader.read_bytes_digest(spool, file.name) == file.digest
    except Vanished:
        return _("Le fichier a disparu du dossier Résa.")
    except Unreadable as refusal:
        return refusal.sentence
    return "" if same else _("Le fichier a été modifié depuis son dépôt.")


def _note(organisation: Organisation, spool: Spool, file: SpoolFile, sentence: str, *, at: datetime) -> None:
    if file.state != FileState.IN_SPOOL:
        return
    if (spool.inbox / file.name).exists():
        ledger.set_aside(organisation.pk, spool, file.name, sentence, at=at, row=file)
        return
    SpoolFile.objects.filter(pk=file.pk, state=FileState.IN_SPOOL).update(
        state=FileState.MISSING, reason=sentence, noticed_at=at, handled_at=None, handled_by=None
    )
