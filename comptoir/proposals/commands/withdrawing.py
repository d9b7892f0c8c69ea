"""A session cancelled: whoever its dates were proposed to is told, with what takes them off the calendar (a round)."""

from datetime import datetime

from django.db import transaction

from comptoir.base.outcome import Outcome
from comptoir.catalogue.models import Session
from comptoir.catalogue.states import SessionState
from comptoir.journal import commands as journal
from comptoir.mail import commands as mail
from comptoir.organisations.actors import system
from comptoir.proposals import telling
from comptoir.proposals.commands.rows import lock, withdraw
from comptoir.proposals.models import DateProposal
from comptoir.proposals.states import LIVE, ProposalState


def withdraw_due(*, at: datetime, limit: int = 20) -> Outcome[str]:
    """Each cancelled session's proposals are withdrawn, and its clients told, but those who had declined; once."""
    outcome: Outcome[str] = Outcome()
    rows = DateProposal.objects.filter(state__in=LIVE, session__state=SessionState.CANCELLED)
    for pk in list(rows.order_by("session_id").values_list("session_id", flat=True).distinct()[:limit]):
        with transaction.atomic():
            session = lock(pk)
            _withdraw(session, at=at)
            outcome.done.append(session.reference)
    return outcome


def _withdraw(session: Session, *, at: datetime) -> int:
    rows = DateProposal.objects.filter(session=session, state__in=LIVE)
    found = list(rows.select_related("sending", "client", "session__activity", "organisation").order_by("pk"))
    told = [one for one in found if one.state != ProposalState.DECLINED and not one.erased_at]
    mail.queue_many([telling.called_off(one, at=at) for one in told], at=at)
    withdraw(found, at=at)
    if found:
        by, detail = system(session.organisation_id), {"mails": len(told)}
        journal.record(what="proposal.withdrawn", about=session.reference, by=by, at=at, detail={**detail})
    return len(found)
