"""Duplicates of clients: scans are asked for, and a pair that a person says is none is remembered (G3)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid
from comptoir.clients.models import DuplicateScan, RefusedPair, Suspicion, ToCompare
from comptoir.clients.perimeter import own_client, require_work
from comptoir.clients.states import ScanState
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor


@transaction.atomic
def refuse_pair(*, left_id: int, right_id: int, by: Actor, at: datetime) -> None:
    """These two are two clients, from either side: the pair is gone, and no scan finds it again. Twice: nothing new.

    Refuses: Forbidden, Missing, Invalid (a client with itself).
    """
    if left_id == right_id:
        raise Invalid(_("C’est deux fois le même client."), field="right_id")
    first, second = (own_client(one, by=by) for one in sorted((left_id, right_id)))
    who = {"organisation_id": by.organisation_id, "refused_at": at, "refused_by_id": by.user_id}
    _row, is_new = RefusedPair.objects.get_or_create(left=first, right=second, defaults=who)
    Suspicion.objects.filter(left=first, right=second).delete()
    if is_new:
        about = f"{first.number} ≠ {second.number}"
        journal.record(what="client.pair-refused", about=about, by=by, at=at)


@transaction.atomic
def allow_pair(*, left_id: int, right_id: int, by: Actor, at: datetime) -> None:
    """The refusal is forgotten, and the next scan compares them again. Refuses: Forbidden, Missing."""
    first, second = (own_client(one, by=by) for one in sorted((left_id, right_id)))
    forgotten, _rows = RefusedPair.objects.filter(left=first, right=second).delete()
    if forgotten:
        ToCompare.objects.create(organisation_id=by.organisation_id, client=first)
        about = f"{first.number} = {second.number}"
        journal.record(what="client.pair-allowed", about=about, by=by, at=at)


@transaction.atomic
def ask_scan(*, by: Actor, at: datetime, whole: bool = False) -> int:
    """The rounds will look for duplicates; the scan's id is returned. One is already due or under way: that one.

    What changed since the last one is compared, and everything the first time or when `whole`. Refuses: Forbidden.
    """
    require_work(by)
    rows = DuplicateScan.objects.filter(organisation_id=by.organisation_id)
    is_whole = whole or not rows.filter(is_whole=True, state=ScanState.DONE).exists()
    open_scans = rows.exclude(state=ScanState.DONE)
    scan, is_new = open_scans.get_or_create(
        organisation_id=by.organisation_id, defaults={"is_whole": is_whole, "created_at": at}
    )
    if is_new:
        journal.record(what="client.scan-asked", by=by, at=at, detail={"scan": scan.pk, "whole": is_whole})
    return scan.pk
