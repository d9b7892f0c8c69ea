"""The rules applied: every night, or at once when asked; by batches, each with its certificate, safe to cut."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from comptoir.base.outcome import Outcome
from comptoir.organisations.actors import Actor, system
from comptoir.organisations.models import Organisation
from comptoir.preregistrations.folder import ready_spool_of
from comptoir.preregistrations.models import SpoolFile
from comptoir.preregistrations.states import FileState
from comptoir.retention.commands import kinds
from comptoir.retention.commands.certifying import certify
from comptoir.retention.due import ROWS
from comptoir.retention.models import Policy
from comptoir.retention.queries import old_rejects
from comptoir.retention.rules import InForce, in_force
from comptoir.retention.states import Kind
from comptoir.spool import rejected

NIGHT = 2  # o'clock, where the organisation lives; a machine that slept then does it when it wakes
SLOW = frozenset({Kind.BOOKINGS, Kind.REQUESTS, Kind.DEALS, Kind.MEMBERS, Kind.CONTACTS, Kind.PRIVATE, Kind.PROPOSALS})
FASTER = 20  # times as many of those that one statement erases


def run_due(*, at: datetime, limit: int = 25) -> Outcome[str]:
    """One batch is erased in each organisation whose night has come, or that asked for it; done: the certificates.

    Called again while there is something left. Each batch and its certificate are one transaction: cut, it never was.
    """
    outcome: Outcome[str] = Outcome()
    waiting = Policy.objects.filter(Q(is_applied=True) | Q(asked_at__isnull=False), organisation__is_active=True)
    for pk in list(waiting.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            rows = Policy.objects.select_for_update(of=("self",), skip_locked=True).select_related("organisation")
            policy = rows.filter(pk=pk).first()
            if policy is not None and _is_due(policy, at):
                outcome.done += _advance(policy, at=at, limit=limit)
    return outcome


def _is_due(policy: Policy, at: datetime) -> bool:
    """Whether a run is to be made, or goes on: asked for, else once a night."""
    here = at.astimezone(ZoneInfo(policy.organisation.time_zone))
    ran_today = policy.ran_on is not None and policy.ran_on >= here.date()
    return policy.asked_at is not None or (policy.is_applied and here.hour >= NIGHT and not ran_today)


def _advance(policy: Policy, *, at: datetime, limit: int) -> list[str]:
    """The next batch, and its certificate; when there is none left, the run is over."""
    organisation, by = policy.organisation, _actor(policy)
    for held in in_force(organisation, at=at):
        kind = held.rule.kind
        size = limit if kind in SLOW else limit * FASTER
        count = _rejects(organisation, held, size) if kind is Kind.REJECTS else _rows(organisation, held, size, by, at)
        if count:
            return [certify(kind, count, by=by, at=at, held=held)]
    policy.ran_on, policy.ran_at = at.astimezone(ZoneInfo(organisation.time_zone)).date(), at
    policy.asked_at = policy.asked_by = None
    policy.save(update_fields=["ran_on", "ran_at", "asked_at", "asked_by"])
    return []


def _rows(organisation: Organisation, held: InForce, size: int, by: Actor, at: datetime) -> int:
    found = ROWS[held.rule.kind](organisation, held.cutoff).order_by("pk")
    ids = list(found.values_list("pk", flat=True)[:size])
    return kinds.erase(held.rule.kind, ids, by=by, at=at) if ids else 0


def _rejects(organisation: Organisation, held: InForce, size: int) -> int:
    names = old_rejects(organisation, held.cutoff)[:size]
    if not names:
        return 0
    gone = rejected.remove(ready_spool_of(organisation), names)
    rows = SpoolFile.objects.filter(organisation=organisation, state=FileState.REJECTED, request=None, name__in=gone)
    rows.filter(noticed_at__lt=held.cutoff.moment).update(state=FileState.ERASED, reason="", name="")
    return len(gone)


def _actor(policy: Policy) -> Actor:
    """Whoever asked for it, else the product itself: with the right to."""
    by = system(policy.organisation_id)
    return replace(by, user_id=policy.asked_by.pk, name=policy.asked_by.full_name) if policy.asked_by else by
