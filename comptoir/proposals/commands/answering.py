"""A client answers a proposal by its link: yes or no, as often as wanted until the deadline; every answer is kept."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid, Missing, Refusal
from comptoir.base.text import clean_text
from comptoir.catalogue.models import Session
from comptoir.catalogue.states import SessionState
from comptoir.journal import commands as journal
from comptoir.mail import commands as mail
from comptoir.organisations.actors import Actor
from comptoir.proposals import queries, telling
from comptoir.proposals.commands.rows import lock, restate, row_of
from comptoir.proposals.links import opened_by
from comptoir.proposals.models import Answer, DateProposal
from comptoir.proposals.states import ANSWERS, LIVE, ProposalState, check_move

LONGEST = 2000  # characters of a comment, of other dates
MOST_ANSWERS = 50  # of one proposal: beyond, it is a program


class TooLate(Refusal):
    """The deadline has passed."""

    code = "too-late"


class NotInForce(Refusal):
    """The dates moved, the session is cancelled, or a newer proposal was sent."""

    code = "not-in-force"


@dataclass(frozen=True)
class Reply:
    """What the client says."""

    said: str  # ProposalState: accepted or declined
    comment: str = ""
    other_dates: str = ""


@transaction.atomic
def answer(*, reference: str, link: str, reply: Reply, by: Actor, at: datetime) -> None:
    """The answer is kept and holds; both sides are told (D7). The same once more changes nothing and tells nobody.

    It holds up to the very second of the deadline. A validation by hand stands: the answer is kept beside it.
    Refuses: Missing, TooLate, NotInForce, Invalid.
    """
    found = opened_by(reference, link, organisation_id=by.organisation_id)
    if found is None or found.erased_at:
        raise Missing(_("Ce lien n’ouvre plus rien."))
    if reply.said not in ANSWERS:
        raise Invalid(_("Choisissez d’accepter ou de décliner."), field="answer")
    session = lock(found.session_id)
    proposal = _again(found.pk, session)
    check_in_force(proposal, session, at=at)
    comment, other = clean_text(reply.comment)[:LONGEST], clean_text(reply.other_dates)[:LONGEST]
    last = queries.last_answer(proposal)
    if last and (last.said, last.comment, last.other_dates) == (reply.said, comment, other):
        return
    if proposal.state != reply.said:
        check_move(proposal.state, reply.said)
    kept = _keep(proposal, Reply(reply.said, comment, other), last, at=at)
    row = row_of(session, proposal.client_id, by=by, at=at)
    restate(row, session, proposal)
    by_hand = row.is_validated(session.calendar_sequence)
    mail.queue_many(telling.of_answer(proposal, kept, is_by_hand=by_hand, at=at), at=at)
    detail: dict[str, object] = {"client": proposal.client.number, "proposal": proposal.reference}
    what = "proposal.accepted" if reply.said == ProposalState.ACCEPTED else "proposal.declined"
    journal.record(what=what, about=session.reference, by=by, at=at, detail=detail)


def check_in_force(proposal: DateProposal, session: Session, *, at: datetime) -> None:
    """Refuses: NotInForce, TooLate."""
    if session.state == SessionState.CANCELLED:
        raise NotInForce(_("Cette session est annulée\u00a0: il n’y a plus rien à confirmer."))
    if proposal.state not in LIVE:
        raise NotInForce(_("Cette proposition n’est plus valable\u00a0: reportez-vous à notre dernier message."))
    if proposal.sequence != session.calendar_sequence:
        raise NotInForce(_("Les dates ont changé depuis cette proposition\u00a0: vous en recevrez une nouvelle."))
    if at > proposal.deadline_at:
        raise TooLate(_("Le délai pour répondre est passé."))


def _again(pk: int, session: Session) -> DateProposal:
    """The proposal as it is now that the session is ours."""
    related = ("sending__by_user", "client", "session__activity", "session__owner__user", "session__assistant__user")
    row = DateProposal.objects.select_related(*related, "organisation", "session__organisation").get(pk=pk)
    row.session.calendar_sequence = session.calendar_sequence
    return row


def _keep(proposal: DateProposal, reply: Reply, last: Answer | None, *, at: datetime) -> Answer:
    position = last.position + 1 if last else 1
    if position > MOST_ANSWERS:
        raise NotInForce(_("Vous avez beaucoup changé d’avis\u00a0: écrivez-nous ou appelez-nous."))
    proposal.state, proposal.answered_at = ProposalState(reply.said), at
    proposal.save(update_fields=["state", "answered_at"])
    return Answer.objects.create(
        proposal=proposal, position=position, said=reply.said, comment=reply.comment, other_dates=reply.other_dates,
        at=at,
    )  # fmt: skip
