"""Send a proposal: each client's mail is queued with it, in one transaction; the same draft is never sent twice."""

from datetime import datetime
from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid, Missing, Refusal, refuse_all
from comptoir.base.speaking import FRENCH
from comptoir.base.tokens import new_reference
from comptoir.catalogue.models import Session
from comptoir.journal import commands as journal
from comptoir.mail import commands as mail
from comptoir.mail import parsing
from comptoir.mail.wording.kind import Words
from comptoir.mail.wording.proposals import PROPOSAL
from comptoir.organisations.actors import Actor
from comptoir.proposals import people, queries
from comptoir.proposals.commands.clients import check_planned
from comptoir.proposals.commands.drafting import Written, addresses_wrong, own_draft, put
from comptoir.proposals.commands.rows import locked_session
from comptoir.proposals.filling import Filler
from comptoir.proposals.models import DateProposal, Sending, SessionClient
from comptoir.proposals.people import Recipient
from comptoir.proposals.states import LIVE, Confirmation, ProposalState, SendingState

AT_ONCE = 1000


class NobodyToWriteTo(Refusal):
    """None of the clients chosen has an address."""

    code = "nobody-to-write-to"


@transaction.atomic
def send_proposal(*, sending_id: int, written: Written, by: Actor, at: datetime) -> None:
    """The draft, with what was typed last, is queued: one mail a client, with its own link and its calendars.

    What was proposed to them before is replaced: its link decides nothing any more. Sent already, it is left as it
    is. Nothing is kept of what is refused. Refuses: Missing, Forbidden, NotPlanned, SessionOff, Invalid, Several,
    UnknownVariable, NobodyToWriteTo.
    """
    found = queries.sendings(seen_by=by).filter(pk=sending_id, by_user_id=by.user_id).first()
    if found is None:
        raise Missing(_("Ce brouillon n’existe pas."))
    session = locked_session(found.session_id, by=by)
    if Sending.objects.filter(pk=sending_id, state=SendingState.SENT).exists():
        return  # a double click
    row = own_draft(sending_id, by=by)
    row.session = session
    check_planned(session)
    put(row, written, at=at)
    row.chosen = sorted(queries.client_ids(session).intersection(row.chosen))  # some may have left meanwhile
    whom = people.of(row)
    words = Words(row.subject, row.body)
    refuse_all([*_deadline_wrong(row, session, at), *addresses_wrong(row, whom), *_words_wrong(words)])
    if not whom.written:
        raise NobodyToWriteTo(_("Aucun de ces clients n’a d’adresse\u00a0: indiquez un destinataire."))
    _queue(row, session, whom.written, by=by, at=at)
    detail: dict[str, object] = {"mails": len(whom.written), "skipped": len(whom.mute)}
    journal.record(what="proposal.sent", about=session.reference, by=by, at=at, detail=detail)


def _queue(row: Sending, session: Session, whom: list[Recipient], *, by: Actor, at: datetime) -> None:
    deadline = cast(datetime, row.deadline_at)  # refused before, when there is none
    ids = [one.client_id for one in whom]
    filler = Filler.of(row, ids, deadline=deadline)
    DateProposal.objects.filter(session=session, client__in=ids, state__in=LIVE).update(
        state=ProposalState.REPLACED, ended_at=at
    )
    row.state, row.sent_at, row.chosen, row.sequence = SendingState.SENT, at, [], session.calendar_sequence
    row.to = {}
    row.save()
    made = [
        DateProposal(
            organisation_id=row.organisation_id, sending=row, session=session, client_id=one.client_id,
            reference=new_reference("PD"), contact_name=one.contact, to=list(one.to), sequence=row.sequence,
            deadline_at=deadline, sent_at=at,
        )
        for one in whom
    ]  # fmt: skip
    DateProposal.objects.bulk_create(made, batch_size=AT_ONCE)
    mail.queue_many((filler.draft(one, new.reference, at=at) for one, new in zip(whom, made, strict=True)), at=at)
    _await(session, ids, deadline, by=by, at=at)


def _await(session: Session, ids: list[int], deadline: datetime, *, by: Actor, at: datetime) -> None:
    """Each of these clients is awaited; a validation by hand of these very dates stands."""
    sequence = session.calendar_sequence
    new = [SessionClient(session=session, client_id=pk, added_at=at, added_by_name=by.name) for pk in ids]
    SessionClient.objects.bulk_create(new, ignore_conflicts=True, batch_size=AT_ONCE)
    rows = SessionClient.objects.filter(session=session, client__in=ids)
    rows.exclude(validated_at__isnull=False, validated_sequence=sequence).update(
        standing=Confirmation.PENDING, sequence=sequence, due_at=deadline
    )


def _deadline_wrong(row: Sending, session: Session, at: datetime) -> list[Refusal]:
    if row.deadline_at is None:
        return [Invalid(_("Choisissez jusqu’à quand le client peut répondre."), field="deadline")]
    if row.deadline_at <= at:
        return [Invalid(_("Cette échéance est déjà passée\u00a0: choisissez-en une plus tard."), field="deadline")]
    if row.deadline_at > session.begins_at:
        return [Invalid(_("La réponse est attendue avant le début de la session."), field="deadline")]
    return []


def _words_wrong(words: Words) -> list[Refusal]:
    try:
        parsing.check(words, PROPOSAL, FRENCH)
    except Refusal as refusal:
        return getattr(refusal, "refusals", [refusal])
    return []
