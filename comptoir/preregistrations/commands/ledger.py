"""The ledger against the folder: what is missing, changed, foreign or copied back is named (T08, T10, T13)."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Forbidden, Missing, Refusal
from comptoir.base.outcome import Outcome
from comptoir.base.speaking import in_house
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor, system
from comptoir.organisations.models import Organisation
from comptoir.preregistrations.commands import adopting
from comptoir.preregistrations.commands.requests import write_file
from comptoir.preregistrations.folder import ready_spool_of
from comptoir.preregistrations.models import SpoolFile
from comptoir.preregistrations.seen import Seen
from comptoir.preregistrations.states import FileState, RequestState
from comptoir.spool import folders, mover, names, reader, writer
from comptoir.spool.folders import Spool, SpoolUnavailable
from comptoir.spool.parsing import Unreadable
from comptoir.spool.reader import Foreign, Vanished

LEFT_BEHIND = timedelta(hours=1)  # a temporary file this old belongs to nobody any more
EXPECTED = (FileState.IN_SPOOL, FileState.TO_WRITE, FileState.TO_ARCHIVE, FileState.MISSING)


@dataclass
class Findings:
    """What one look at the folder found; every name is also in the ledger."""

    missing: list[str] = field(default_factory=list)
    back: list[str] = field(default_factory=list)
    set_aside: list[str] = field(default_factory=list)
    adopted: list[str] = field(default_factory=list)


class NothingToReissue(Refusal):
    """Only a waiting request whose file is gone or was set aside gets its file again."""

    code = "nothing-to-reissue"


def scan(organisation_id: int, *, at: datetime, seen: Seen | None = None) -> Findings:
    """Afterwards every file that waits in the folder is one the ledger vouches for.

    Unreadable, foreign, changed and copied files are in REJETS with their reason; a sealed file the database never
    knew (a backup put back) is adopted; a file that is gone is marked missing. Refuses: SpoolUnavailable.
    `seen` remembers between two looks which files were read already, so that only new ones are read.
    """
    organisation = Organisation.objects.get(pk=organisation_id)
    spool, seen, findings = ready_spool_of(organisation), seen or Seen(), Findings()
    present = set(folders.pending_names(spool))
    expected = _expected(organisation_id)
    for name in sorted(present - expected.keys()):
        with suppress(Refusal):  # one entry the disk keeps back does not hold the others up
            _judge_stranger(organisation, spool, name, findings, at=at)
    for name, row in expected.items():
        if name in present:
            with suppress(Refusal):
                _judge_known(organisation, spool, row, findings, seen, at=at)
        elif row.state == FileState.IN_SPOOL and not (spool.inbox / name).exists():
            _mark_missing(row, findings, at=at)
    writer.sweep_tmp(spool, older_than=at - LEFT_BEHIND)
    return findings


@in_house  # what is said of a file is kept, beside it too
def look_again(*, by: Actor, at: datetime) -> Findings:
    """The folder is read at once, for a person who asks (source 2, step 2). Refuses: Forbidden, SpoolUnavailable."""
    _require_intake(by)
    return scan(by.organisation_id, at=at, seen=_SEEN.setdefault(by.organisation_id, Seen()))


def _require_intake(by: Actor) -> None:
    if not by.works_intake:
        raise Forbidden(_("Le dossier Résa est tenu par l’administration et les commerciaux."))


def _expected(organisation_id: int) -> dict[str, SpoolFile]:
    rows = SpoolFile.objects.filter(organisation_id=organisation_id, request__isnull=False, state__in=EXPECTED)
    return {row.name: row for row in rows.only("name", "state", "digest", "request_id", "organisation_id").iterator()}


def _judge_known(
    organisation: Organisation, spool: Spool, row: SpoolFile, findings: Findings, seen: Seen, *, at: datetime
) -> None:
    if row.state in (FileState.TO_WRITE, FileState.TO_ARCHIVE) or seen.holds(spool.inbox / row.name):
        return
    try:
        same = reader.read(spool, row.name).digest == row.digest
        sentence = "" if same else _("Le fichier a été modifié depuis son dépôt.")
    except Vanished:
        return
    except Unreadable as refusal:
        sentence = refusal.sentence
    if sentence:
        set_aside(organisation.pk, spool, row.name, sentence, at=at, row=row)
        findings.set_aside.append(row.name)
        return
    seen.note(spool.inbox / row.name)
    if row.state == FileState.MISSING:
        SpoolFile.objects.filter(pk=row.pk, state=FileState.MISSING).update(state=FileState.IN_SPOOL, reason="")
        findings.back.append(row.name)


def _judge_stranger(organisation: Organisation, spool: Spool, name: str, findings: Findings, *, at: datetime) -> None:
    try:
        if not name.endswith(".log"):
            raise Unreadable(_("Ce n’est pas un fichier de pré-inscription\u00a0: son nom ne finit pas par .log."))
        found = reader.read(spool, name)
        adopting.adopt(organisation, found, at=at)
        findings.adopted.append(name)
    except (Vanished, adopting.StillBeingWritten):
        return
    except (Unreadable, Foreign, adopting.AlreadyKnown) as refusal:
        set_aside(organisation.pk, spool, name, refusal.sentence, at=at)
        findings.set_aside.append(name)


def set_aside(
    organisation_id: int, spool: Spool, name: str, sentence: str, *, at: datetime, row: SpoolFile | None = None
) -> None:
    """The file is in REJETS with its reason, and the ledger says so; cut in between, the next look does it again."""
    with transaction.atomic():
        if row is None:
            SpoolFile.objects.create(
                organisation_id=organisation_id, name=names.shown(name, 250),
                reason=sentence[:300], state=FileState.REJECTED, noticed_at=at,
            )  # fmt: skip
        else:
            SpoolFile.objects.filter(pk=row.pk).update(
                state=FileState.REJECTED, reason=sentence[:300], noticed_at=at, handled_at=None, handled_by=None
            )
        journal.record(
            what="spool.set-aside", by=system(organisation_id), at=at, detail={"file": row.pk if row else None}
        )
        mover.reject(spool, name, sentence, at)  # refused, the row is not written either: tried at the next look


def _mark_missing(row: SpoolFile, findings: Findings, *, at: datetime) -> None:
    reason = _("Le fichier a disparu du dossier Résa.")
    if SpoolFile.objects.filter(pk=row.pk, state=FileState.IN_SPOOL).update(
        state=FileState.MISSING, reason=reason, noticed_at=at, handled_at=None, handled_by=None
    ):
        findings.missing.append(row.name)


@transaction.atomic
def reissue(*, file_id: int, by: Actor, at: datetime) -> None:
    """The request's file lies in the inbox again, byte for byte as it was (product.md §4).

    Refuses: Forbidden, Missing, NothingToReissue, SpoolUnavailable.
    """
    _require_intake(by)
    row = (
        SpoolFile.objects.select_for_update(of=("self",))
        .select_related("request__organisation", "request__file")
        .filter(pk=file_id, organisation_id=by.organisation_id)
        .first()
    )
    if row is None:
        raise Missing(_("Ce fichier n’existe pas."))
    request = row.request
    lost = row.state in (FileState.MISSING, FileState.REJECTED)
    if request is None or not lost or request.state not in (RequestState.PENDING, RequestState.BINNED):
        raise NothingToReissue(_("Il n’y a rien à émettre à nouveau pour ce fichier."))
    digest = write_file(request)
    SpoolFile.objects.filter(pk=row.pk).update(state=FileState.IN_SPOOL, digest=digest, reason="")
    journal.record(what="spool.reissued", about=request.reference, by=by, at=at)


@transaction.atomic
def acknowledge(*, file_ids: Iterable[int], by: Actor, at: datetime) -> int:
    """The notices were read; they leave the list. Answers how many. Refuses: Forbidden."""
    _require_intake(by)
    rows = SpoolFile.objects.filter(organisation_id=by.organisation_id, pk__in=list(file_ids), handled_at=None)
    return rows.update(handled_at=at, handled_by_id=by.user_id)


def scan_all(*, at: datetime, limit: int = 1000) -> Outcome[str]:
    """Every organisation's folder is looked at (a round); done = those where something was found."""
    outcome: Outcome[str] = Outcome()
    for organisation in Organisation.objects.filter(is_active=True).order_by("pk")[:limit]:
        try:
            findings = scan(organisation.pk, at=at, seen=_SEEN.setdefault(organisation.pk, Seen()))
        except SpoolUnavailable as refusal:
            outcome.skip(organisation.slug, refusal)
            continue
        if findings != Findings():
            outcome.done.append(organisation.slug)
    return outcome


_SEEN: dict[int, Seen] = {}  # what this process has read already; only spares time, never decides
