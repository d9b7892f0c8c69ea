"""Files of integrated requests go to ARCHIVES; a cut in between is made good by the next call (B1)."""

from collections.abc import Mapping
from datetime import datetime

from comptoir.base.outcome import Outcome, Skipped
from comptoir.organisations.models import Organisation
from comptoir.preregistrations.folder import ready_spool_of
from comptoir.preregistrations.models import SpoolFile
from comptoir.preregistrations.states import FileState
from comptoir.spool import mover
from comptoir.spool.folders import SpoolUnavailable

BATCH = 500


def archive(organisation: Organisation, names: Mapping[int, str]) -> Outcome[str]:
    """The files (request id → name) are in ARCHIVES and the ledger says so; what the disk keeps is tried again."""
    if not names:
        return Outcome()
    try:
        outcome = mover.archive(ready_spool_of(organisation), names.values())
    except SpoolUnavailable as refusal:
        outcome = Outcome(skipped=[Skipped(name, refusal) for name in names.values()])
    kept_back = {one.name for one in outcome.skipped}
    done = [pk for pk, name in names.items() if name not in kept_back]
    SpoolFile.objects.filter(request__in=done, state=FileState.TO_ARCHIVE).update(state=FileState.ARCHIVED)
    return outcome


def archive_owed(organisation: Organisation) -> int:
    """Every file still to archive is archived, or tried; answers how many were."""
    rows = SpoolFile.objects.filter(organisation=organisation, state=FileState.TO_ARCHIVE).order_by("pk")
    done = 0
    owed = list(rows.values_list("request_id", "name"))
    for start in range(0, len(owed), BATCH):
        done += len(archive(organisation, dict(owed[start : start + BATCH])).done)
    return done


def archive_all(*, at: datetime, limit: int = 100) -> Outcome[str]:  # noqa: ARG001  # a round
    """What cuts left to archive, in every organisation (a round)."""
    outcome: Outcome[str] = Outcome()
    ids = SpoolFile.objects.filter(state=FileState.TO_ARCHIVE).values("organisation")
    for organisation in Organisation.objects.filter(pk__in=ids).order_by("pk")[:limit]:
        if archive_owed(organisation):
            outcome.done.append(organisation.slug)
    return outcome
