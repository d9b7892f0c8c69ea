"""Read the clients of a session, where each stands, what was proposed and answered, and who is to be reminded."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext as _

from comptoir.base.errors import Missing
from comptoir.bookings.models import Registration
from comptoir.bookings.states import SEATED
from comptoir.catalogue.models import Session
from comptoir.catalogue.queries import session as session_of
from comptoir.catalogue.queries import sessions as sessions_of
from comptoir.catalogue.states import SessionKind, SessionState
from comptoir.clients.perimeter import sees_clients
from comptoir.clients.queries import clients as clients_of
from comptoir.mail import attachments
from comptoir.mail.models import Attachment, Message
from comptoir.organisations.actors import Actor, system
from comptoir.proposals import sentences, standing
from comptoir.proposals.models import Answer, DateProposal, Sending, SessionClient
from comptoir.proposals.states import LIVE, Confirmation, ProposalState, SendingState

SOON = timedelta(days=2)  # a deadline so near is worth a call


@dataclass
class Party:
    """One client of a session, as the tab « Client » shows it."""

    client_id: int
    name: str
    number: str
    email: str  # of the main contact, else the client's own
    contact: str
    is_chosen: bool = False
    seats: int = 0
    row: SessionClient | None = None
    confirmation: str = Confirmation.TO_CONFIRM
    said: str = ""  # « État confirmation », word for word (D8)
    is_overdue: bool = False
    has_moved: bool = False  # what was proposed, or validated, was for other dates
    is_validated: bool = False
    proposals: list[DateProposal] = field(default_factory=list)  # newest first

    @property
    def latest(self) -> DateProposal | None:
        """The last proposal sent to it, if one was."""
        return self.proposals[0] if self.proposals else None

    @property
    def label(self) -> str:
        """« Confirmation dates client » of this one (D9)."""
        return str(Confirmation(self.confirmation).label)


def parties(session: Session, *, seen_by: Actor, at: datetime) -> list[Party]:
    """The clients of a session of the reader's perimeter, by name; nobody for who may not see clients.

    INTRA: those chosen; INTER: those with a seat held; both where both are. Constant queries.
    """
    if not sees_clients(seen_by):
        return []
    seats = _seats(session)
    rows = {one.client_id: one for one in SessionClient.objects.filter(session=session)}
    mine = {pk for pk, row in rows.items() if row.is_chosen} | set(seats)
    sent = _history(session)
    found = []
    rows_of: Any = clients_of(seen_by=seen_by).filter(pk__in=mine | set(sent))
    for client in rows_of:
        one = Party(
            client.pk, client.legal_name, client.number, client.main_email or client.email,
            f"{client.main_first_name} {client.main_last_name}".strip(),
        )  # fmt: skip
        one.row, one.seats, one.proposals = rows.get(client.pk), seats.get(client.pk, 0), sent.get(client.pk, [])
        one.is_chosen = bool(one.row and one.row.is_chosen)
        if client.pk in mine:
            _describe(one, session, at)
            found.append(one)
    return found


def session_open_to(session_id: int, *, seen_by: Actor) -> Session:
    """A session of the reader's perimeter, with its slots. Refuses: Missing, also for who may not see clients."""
    if not sees_clients(seen_by):
        raise Missing(_("Cette session n’existe pas."))
    return session_of(session_id=session_id, seen_by=seen_by)


def client_ids(session: Session) -> set[int]:
    """Who the clients of this session are now."""
    chosen = SessionClient.objects.filter(session=session, is_chosen=True).values_list("client_id", flat=True)
    return set(chosen) | set(_seats(session))


def held_for(session_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """Session → the clients it is held for now, chosen or with a seat; two statements. What the planning asks."""
    chosen = SessionClient.objects.filter(session__in=session_ids, is_chosen=True)
    seated = Registration.objects.filter(
        session__in=session_ids, state__in=SEATED, booking__client__isnull=False
    ).order_by().distinct()  # fmt: skip
    found: dict[int, set[int]] = {}
    for pairs in (
        chosen.values_list("session_id", "client_id"),
        seated.values_list("session_id", "booking__client_id"),
    ):
        for session_id, client_id in pairs:
            found.setdefault(session_id, set()).add(client_id)
    return {pk: frozenset(clients) for pk, clients in found.items()}


def _seats(session: Session) -> dict[int, int]:
    rows = Registration.objects.filter(session=session, state__in=SEATED, booking__client__isnull=False)
    return dict(rows.order_by().values_list("booking__client_id").annotate(n=Count("pk")))


def _history(session: Session) -> dict[int, list[DateProposal]]:
    """Client → what was proposed to it for this session, newest first, with the answers and the mail of each."""
    rows = list(
        DateProposal.objects.filter(session=session).select_related("sending").prefetch_related("answers")
        .order_by("-pk")
    )  # fmt: skip
    mails: dict[str, list[Message]] = {}
    told = Message.objects.filter(organisation_id=session.organisation_id, about__in=[row.reference for row in rows])
    for mail in told.defer("text", "html", "secret", "fate").order_by("-pk"):
        mails.setdefault(mail.about, []).append(mail)
    found: dict[int, list[DateProposal]] = {}
    for row in rows:
        row.mails = mails.get(row.reference, [])  # type: ignore[attr-defined]
        row.said = sorted(row.answers.all(), key=lambda one: -one.position)  # type: ignore[attr-defined]
        found.setdefault(row.client_id, []).append(row)
    return found


def _describe(one: Party, session: Session, at: datetime) -> None:
    row, zone, sequence = one.row, session.time_zone, session.calendar_sequence
    if row is None:
        return
    one.confirmation = standing.current(row, sequence)
    one.is_validated = row.is_validated(sequence)
    latest = one.latest
    one.has_moved = row.sequence != sequence and bool(latest or row.validated_at)
    if one.is_validated:
        one.said = sentences.validated()
    elif latest is None or one.confirmation == Confirmation.TO_CONFIRM:
        return
    elif one.confirmation == Confirmation.PENDING:
        one.said = sentences.awaited(latest.sent_at, latest.deadline_at, zone)
        one.is_overdue = latest.deadline_at < at
    else:
        say = sentences.accepted if one.confirmation == Confirmation.CONFIRMED else sentences.declined
        one.said = say(latest.answered_at or latest.sent_at, zone)


def sendings(*, seen_by: Actor) -> QuerySet[Sending]:
    """Those of the reader's perimeter, for who may see clients."""
    if not sees_clients(seen_by):
        return Sending.objects.none()
    mine = Sending.objects.filter(organisation_id=seen_by.organisation_id).select_related("session__activity")
    return mine if seen_by.sees_every_session else mine.filter(session__in=sessions_of(seen_by=seen_by).order_by())


def drafts(session: Session, *, seen_by: Actor) -> QuerySet[Sending]:
    """What the reader began for this session and has not sent, newest first."""
    mine = sendings(seen_by=seen_by).filter(session=session, state=SendingState.DRAFT, by_user_id=seen_by.user_id)
    return mine.order_by("-pk")


def draft(sending_id: int, *, seen_by: Actor) -> Sending:
    """One of the reader's own drafts. Refuses: Missing."""
    rows = sendings(seen_by=seen_by).select_related("organisation", "session__activity")
    found = rows.filter(pk=sending_id, state=SendingState.DRAFT, by_user_id=seen_by.user_id).first()
    if found is None:
        raise Missing(_("Ce brouillon n’existe pas, ou la proposition est déjà partie."))
    return found


def files(sending: Sending) -> QuerySet[Attachment]:
    """What the desk attached itself."""
    rows = attachments.kept(sending.reference, organisation_id=sending.organisation_id)
    return rows.filter(paper="").exclude(media_type=attachments.CALENDAR_TYPE)


def proposals(*, seen_by: Actor) -> QuerySet[DateProposal]:
    """Those that hold now: of sessions of the reader's perimeter whose dates are still the ones proposed."""
    if not sees_clients(seen_by):
        return DateProposal.objects.none()
    rows = DateProposal.objects.filter(
        organisation_id=seen_by.organisation_id, state__in=LIVE, sequence=F("session__calendar_sequence"),
        erased_at=None,
    ).exclude(session__state=SessionState.CANCELLED)  # fmt: skip
    if not seen_by.sees_every_session:
        rows = rows.filter(session__in=sessions_of(seen_by=seen_by).order_by())
    return rows.select_related("session__activity", "client")


def proposal(reference: str, *, seen_by: Actor) -> DateProposal:
    """One of any state, of a session of the perimeter, with what was answered. Refuses: Missing."""
    if not sees_clients(seen_by):
        raise Missing(_("Cette proposition n’existe pas."))
    rows = DateProposal.objects.filter(organisation_id=seen_by.organisation_id, erased_at=None)
    if not seen_by.sees_every_session:
        rows = rows.filter(session__in=sessions_of(seen_by=seen_by).order_by())
    found = rows.select_related("session__activity", "client", "sending").prefetch_related("answers")
    row = found.filter(reference=reference).first()
    if row is None:
        raise Missing(_("Cette proposition n’existe pas."))
    return row


def sent_with(sending: Sending, *, seen_by: Actor) -> QuerySet[DateProposal]:
    """The proposals of one sending, by client."""
    if not sees_clients(seen_by):
        return DateProposal.objects.none()
    rows = DateProposal.objects.filter(sending=sending, organisation_id=seen_by.organisation_id, erased_at=None)
    return rows.select_related("session", "client").order_by("client__name_key", "pk")


def waiting(*, seen_by: Actor) -> QuerySet[DateProposal]:
    """Without an answer, the most urgent first; one validated by hand meanwhile is none of them."""
    rows = proposals(seen_by=seen_by).filter(state=ProposalState.WAITING)
    return without_validated(rows).order_by("deadline_at", "pk")


def awaited(client_id: int, *, organisation_id: int, at: datetime) -> QuerySet[DateProposal]:
    """Those that one client may still answer, the most urgent first: for its own space (A4)."""
    return waiting(seen_by=system(organisation_id)).filter(client=client_id, deadline_at__gte=at)


def to_remind(*, seen_by: Actor, at: datetime) -> QuerySet[DateProposal]:
    """« À relancer »: no answer, and the deadline within two days or passed; the most urgent first."""
    return waiting(seen_by=seen_by).filter(deadline_at__lte=at + SOON)


def without_validated(rows: QuerySet[DateProposal]) -> QuerySet[DateProposal]:
    """Those whose client nobody validated by hand."""
    by_hand = SessionClient.objects.filter(
        session=OuterRef("session"), client=OuterRef("client"), validated_at__isnull=False,
        validated_sequence=OuterRef("sequence"),
    )  # fmt: skip
    return rows.filter(~Exists(by_hand))


def last_answer(proposal: DateProposal) -> Answer | None:
    """The one that holds."""
    return proposal.answers.order_by("-position").first()


def row_of(proposal: DateProposal) -> SessionClient | None:
    """The client's row in the session, if it is still one."""
    return SessionClient.objects.filter(session=proposal.session_id, client=proposal.client_id).first()


def is_intra(session: Session) -> bool:
    """Whether its clients are chosen at the desk."""
    return session.kind == SessionKind.INTRA
