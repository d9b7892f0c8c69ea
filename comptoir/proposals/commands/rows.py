"""The rows these commands work on: the session locked first, so that all that is done to its dates comes one by one."""

from datetime import datetime

from django.utils.translation import gettext as _

from comptoir.base.errors import Forbidden, Missing
from comptoir.catalogue.models import Session
from comptoir.catalogue.queries import sessions
from comptoir.clients.perimeter import sees_clients
from comptoir.organisations.actors import Actor
from comptoir.proposals.models import DateProposal, SessionClient
from comptoir.proposals.states import LIVE, OF_STATE, Confirmation, ProposalState


def locked_session(session_id: int, *, by: Actor) -> Session:
    """A session of the actor's perimeter, alone until the caller commits. Refuses: Missing, Forbidden."""
    mine = sessions(seen_by=by).order_by().filter(pk=session_id).values("pk")
    rows = Session.objects.select_for_update(of=("self",), no_key=True).select_related("activity", "organisation")
    found = rows.filter(pk__in=mine).first()
    if found is None:
        raise Missing(_("Cette session n’existe pas."))
    if not sees_clients(by):
        raise Forbidden(_("Les dates sont proposées aux clients par l’administration et les commerciaux."))
    return found


def lock(session_id: int) -> Session:
    """The session of a proposal, alone until the caller commits."""
    rows = Session.objects.select_for_update(of=("self",), no_key=True).select_related("activity", "organisation")
    return rows.get(pk=session_id)


def row_of(session: Session, client_id: int, *, by: Actor, at: datetime) -> SessionClient:
    """The client's row, made when it had none."""
    made = {"added_at": at, "added_by_name": by.name}
    return SessionClient.objects.get_or_create(session=session, client_id=client_id, defaults=made)[0]


def restate(row: SessionClient, session: Session, proposal: DateProposal | None) -> None:
    """Where the client stands now follows from the validation by hand, else from the proposal that lives (D9)."""
    sequence = session.calendar_sequence
    row.standing, row.sequence, row.due_at = Confirmation.TO_CONFIRM, sequence, None
    if row.is_validated(sequence):
        row.standing = Confirmation.CONFIRMED
    elif proposal is not None and proposal.sequence == sequence:
        row.standing = OF_STATE[ProposalState(proposal.state)]
        row.due_at = proposal.deadline_at if row.standing == Confirmation.PENDING else None
    row.save(update_fields=["standing", "sequence", "due_at"])


def living(session: Session, client_id: int) -> DateProposal | None:
    """The proposal that lives for this client, if one does."""
    return DateProposal.objects.filter(session=session, client_id=client_id, state__in=LIVE).first()


def withdraw(proposals: list[DateProposal], *, at: datetime) -> None:
    """These decide nothing any more."""
    pks = [one.pk for one in proposals]
    DateProposal.objects.filter(pk__in=pks).update(state=ProposalState.WITHDRAWN, ended_at=at)
