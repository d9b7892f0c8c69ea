"""Erase what a request said of people: its columns, what was typed, and its file, wherever the spool keeps it (C9)."""

from collections.abc import Collection
from datetime import datetime

from comptoir.base.outcome import Outcome
from comptoir.clients.states import ClientKind
from comptoir.preregistrations.folder import ready_spool_of
from comptoir.preregistrations.models import Basket, Request, RequestLine, SpoolFile
from comptoir.preregistrations.states import FileState
from comptoir.preregistrations.typed import search_key, without_people
from comptoir.spool import eraser
from comptoir.spool.folders import SpoolUnavailable

PERSONAL = ("first_name", "last_name", "email", "phone", "address", "postcode", "city", "message")


def erase_requests(request_ids: Collection[int]) -> None:
    """These requests name nobody any more; their files are owed to be erased. In the caller's transaction.

    The legal name of a firm stays, that of a private person goes.
    """
    for row in Request.objects.filter(pk__in=request_ids):
        if row.kind == ClientKind.PERSON:
            row.legal_name = ""
        for name in PERSONAL:
            setattr(row, name, "")
        row.typed = without_people(row.typed, legal_name=row.legal_name)
        row.search_key = search_key(row.typed)
        row.save(update_fields=["typed", "search_key", "legal_name", *PERSONAL])
    RequestLine.objects.filter(request__in=request_ids).update(first_name="", last_name="", email="")
    SpoolFile.objects.filter(request__in=request_ids).update(state=FileState.TO_ERASE, reason="")


def erase_due(*, at: datetime, limit: int = 100) -> Outcome[str]:  # noqa: ARG001  # a round
    """Files owed to be erased are gone from every folder of the spool; what the disk keeps is tried again (a round)."""
    outcome: Outcome[str] = Outcome()
    rows = SpoolFile.objects.filter(state=FileState.TO_ERASE).select_related("organisation").order_by("pk")
    for row in rows[:limit]:
        try:
            eraser.erase(ready_spool_of(row.organisation), row.name, row.digest)
        except SpoolUnavailable as refusal:
            outcome.skip(row.name, refusal)
        else:
            SpoolFile.objects.filter(pk=row.pk).update(state=FileState.ERASED)
            outcome.done.append(row.name)
    return outcome


def forget_baskets(address: str, *, organisation_id: int) -> None:
    """No basket under way holds this address. In the caller's transaction."""
    rows = Basket.objects.filter(organisation_id=organisation_id)
    said = rows.values_list("pk", "client", "participants").iterator()
    found = [pk for pk, *values in said if address in str(values).casefold()]
    rows.filter(pk__in=found).delete()
