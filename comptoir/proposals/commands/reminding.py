"""Clients who have not answered are asked again: by the desk, and by itself before the deadline (a round)."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid
from comptoir.base.outcome import Outcome
from comptoir.catalogue.states import SessionState
from comptoir.journal import commands as journal
from comptoir.mail import commands as mail
from comptoir.organisations.actors import Actor, system
from comptoir.organisations.models import Organisation
from comptoir.proposals import queries, telling
from comptoir.proposals.commands.rows import lock
from comptoir.proposals.models import DateProposal
from comptoir.proposals.states import ProposalState

LEAST = timedelta(hours=20)  # since it was sent, or asked again: nobody is pressed twice in a day


def remind_due(*, at: datetime, limit: int = 20) -> Outcome[str]:
    """Each proposal without an answer, its deadline as near as its organisation says, is asked about once more.

    Once a proposal, and never by itself when the desk asked less than twenty hours before.
    """
    outcome: Outcome[str] = Outcome()
    for pk in list(_due(at).order_by("deadline_at", "pk").values_list("pk", flat=True)[:limit]):
        if reference := _remind_one(pk, at=at):
            outcome.done.append(reference)
    return outcome


@transaction.atomic
def remind(*, proposal_ids: Collection[int], by: Actor, at: datetime) -> int:
    """These clients are asked again now; answers how many. Those who answered, or whose deadline passed, are not.

    Refuses: Invalid when there is nobody to ask.
    """
    rows = queries.without_validated(queries.proposals(seen_by=by)).filter(
        pk__in=proposal_ids, state=ProposalState.WAITING, deadline_at__gt=at
    )
    found = list(rows.order_by("session_id", "pk").values_list("pk", "session_id"))
    if not found:
        raise Invalid(_("Personne n’est à relancer\u00a0: tous ont répondu, ou le délai est passé."))
    for session_id in dict.fromkeys(session_id for _pk, session_id in found):
        lock(session_id)
    asked = _asked(DateProposal.objects.filter(pk__in=[pk for pk, _session in found], state=ProposalState.WAITING), at)
    for reference in dict.fromkeys(one.session.reference for one in asked):
        journal.record(what="proposal.reminded", about=reference, by=by, at=at, detail={"mails": len(asked)})
    return len(asked)


def _remind_one(pk: int, *, at: datetime) -> str:
    with transaction.atomic():
        lock(DateProposal.objects.values_list("session_id", flat=True).get(pk=pk))
        asked = _asked(_due(at).filter(pk=pk), at)  # none, if it was answered or asked meanwhile
        for one in asked:
            by = system(one.organisation_id)
            journal.record(what="proposal.reminded", about=one.session.reference, by=by, at=at, detail={"mails": 1})
        return asked[0].reference if asked else ""


def _asked(rows: QuerySet[DateProposal], at: datetime) -> list[DateProposal]:
    found = list(rows.select_related("sending", "client", "session__activity", "organisation"))
    mail.queue_many([telling.reminder(one, one.reminders + 1) for one in found], at=at)
    pks = [one.pk for one in found]
    DateProposal.objects.filter(pk__in=pks).update(reminders=F("reminders") + 1, reminded_at=at)
    return found


def _due(at: datetime) -> QuerySet[DateProposal]:
    waiting = DateProposal.objects.filter(
        Q(reminded_at=None) | Q(reminded_at__lte=at - LEAST), state=ProposalState.WAITING, deadline_at__gt=at,
        sequence=F("session__calendar_sequence"), sent_at__lte=at - LEAST, reminders=0, erased_at=None,
    ).exclude(session__state=SessionState.CANCELLED)  # fmt: skip
    days = set(
        Organisation.objects.filter(proposal_reminder_days__gt=0).values_list("proposal_reminder_days", flat=True)
    )
    near = Q(pk__in=[])
    for one in days:
        near |= Q(organisation__proposal_reminder_days=one, deadline_at__lte=at + timedelta(days=one))
    return queries.without_validated(waiting.filter(near))
