"""Propose in one go: begun, written and sent in one transaction, once for each key (what a program does)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from hashlib import sha256
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid
from comptoir.base.given import given
from comptoir.catalogue.models import Session
from comptoir.organisations.actors import Actor
from comptoir.preregistrations.commands.requests import TokenReused
from comptoir.proposals.commands.drafting import Written, begin_proposal
from comptoir.proposals.commands.rows import locked_session
from comptoir.proposals.commands.sending import send_proposal
from comptoir.proposals.models import DateProposal, Sending
from comptoir.proposals.states import LIVE, SendingState


@dataclass(frozen=True)
class Told:
    """What differs from the words in force and the usual deadline; `to`: client id → addresses typed instead."""

    subject: str = ""
    body: str = ""
    deadline: datetime | None = None  # with its zone, or on the wall of the session's place
    to: Mapping[int, str] = field(default_factory=dict)
    cc: str = ""
    bcc: str = ""


@transaction.atomic
def propose(
    *, session_id: int, client_ids: Collection[int] | None, told: Told, key: str, by: Actor, at: datetime
) -> Sending:
    """The dates are proposed to these clients (None: all of the session), each by its own mail; the same key again is
    the same sending, and writes to nobody.

    Refuses: TokenReused, and as `begin_proposal` and `send_proposal`.
    """
    session = locked_session(session_id, by=by)
    digest = sha256(repr((sorted(client_ids) if client_ids is not None else None, told)).encode()).hexdigest()
    known = Sending.objects.filter(given(key=key), session=session).first()
    if known is not None:
        if known.digest != digest:
            raise TokenReused(_("Cette clé a déjà servi pour une autre proposition de cette session."))
        return known
    pk = begin_proposal(session_id=session_id, client_ids=client_ids, by=by, at=at)
    row = Sending.objects.get(pk=pk)
    deadline = _there(told.deadline, session) if told.deadline else _wall(row.deadline_at, session)
    written = Written(told.subject or row.subject, told.body or row.body, deadline, told.to, told.cc, told.bcc)
    send_proposal(sending_id=pk, written=written, by=by, at=at)
    Sending.objects.filter(pk=pk).update(key=key, digest=digest)
    row.refresh_from_db()
    return row


@transaction.atomic
def propose_again(*, session_id: int, by: Actor, at: datetime) -> int:
    """The dates moved: all who were told of the former ones are told of these, with what changed; answers how many.

    With the words in force, the copies of the last sending, and a deadline a week on (D11). Refuses: Missing,
    Forbidden, NotPlanned, SessionOff, Invalid (nobody to tell, or no time left to answer), NobodyToWriteTo.
    """
    session = locked_session(session_id, by=by)
    moved = DateProposal.objects.filter(session=session, state__in=LIVE, sequence__lt=session.calendar_sequence)
    ids = list(moved.values_list("client_id", flat=True))
    if not ids:
        raise Invalid(_("Tous les clients sont au courant de ces dates."))
    pk = begin_proposal(session_id=session_id, client_ids=ids, by=by, at=at)
    row = Sending.objects.get(pk=pk)
    last = Sending.objects.filter(session=session, state=SendingState.SENT).order_by("-pk").first()
    cc, bcc = (last.cc, last.bcc) if last else ("", "")
    written = Written(row.subject, row.body, _wall(row.deadline_at, session), cc=cc, bcc=bcc)
    send_proposal(sending_id=pk, written=written, by=by, at=at)
    return DateProposal.objects.filter(sending=pk).count()


def _wall(at: datetime | None, session: Session) -> tuple[date, time]:
    if at is None:
        raise Invalid(_("La session est trop proche\u00a0: écrivez la proposition et choisissez son échéance."))
    return _there(at, session)


def _there(at: datetime, session: Session) -> tuple[date, time]:
    local = at.astimezone(ZoneInfo(session.time_zone)) if at.tzinfo else at
    return local.date(), local.time()
