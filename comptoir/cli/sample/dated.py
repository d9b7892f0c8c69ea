"""In-house sessions of the demonstration, one in each state of « Confirmation dates client » (D9)."""

from datetime import date, datetime, time, timedelta

from comptoir.catalogue.commands import sessions, slots
from comptoir.catalogue.details import SessionDetails
from comptoir.catalogue.holidays import holiday
from comptoir.catalogue.hours import WORKING_DAYS, SlotTimes
from comptoir.catalogue.queries import activities
from comptoir.catalogue.queries import session as session_of
from comptoir.clients.queries import clients as clients_of
from comptoir.organisations.actors import Actor, visitor
from comptoir.proposals import queries
from comptoir.proposals.commands import clients as commands
from comptoir.proposals.commands.answering import Reply, answer
from comptoir.proposals.commands.drafting import Written, begin_proposal
from comptoir.proposals.commands.sending import send_proposal
from comptoir.proposals.links import link_of

MORNING, AFTERNOON = (time(9), time(12, 30)), (time(13, 30), time(17))


def propose_all(by: Actor, *, at: datetime) -> None:
    """Nothing sent, awaited, late, accepted, declined by one of two, validated by hand, moved since."""
    activity = activities(seen_by=by).order_by("pk").values_list("pk", flat=True).first()
    ids = list(clients_of(seen_by=by).values_list("pk", flat=True)[:4])
    if activity is None or len(ids) < 2:
        return
    one, other = ids[0], ids[-1]
    _planned(by, activity, [one], 33, at=at)
    _sent(by, _planned(by, activity, [other], 35, at=at), 1, 6, at=at)
    _sent(by, _planned(by, activity, [one], 37, at=at), 6, -1, at=at)
    yes = _sent(by, _planned(by, activity, [other], 40, at=at), 4, 5, at=at)
    _said(by, yes, Reply("accepted", "C’est parfait, merci."), at=at - timedelta(days=2))
    both = _sent(by, _planned(by, activity, [one, other], 44, at=at), 4, 5, at=at)
    _said(by, both, Reply("declined", "Nous sommes en inventaire.", "Plutôt la semaine suivante."), at=at)
    known = _planned(by, activity, [one], 47, at=at)
    commands.validate_dates(session_id=known, client_id=one, by=by, at=at - timedelta(days=1))
    moved = _sent(by, _planned(by, activity, [other], 51, at=at), 3, 6, at=at)
    slots.shift_session(session_id=moved, starts_on=_working_day((at + timedelta(days=54)).date()), by=by, at=at)


def _planned(by: Actor, activity_id: int, clients: list[int], days: int, *, at: datetime) -> int:
    day = _working_day((at + timedelta(days=days)).date())
    details = SessionDetails(starts_on=day, kind="intra", place="Dans vos locaux", price_cents=145_000)
    made = at - timedelta(days=8)
    pk = sessions.create_session(activity_id=activity_id, details=details, by=by, at=made)
    slots.set_slots(session_id=pk, slots=[SlotTimes(day, *half) for half in (MORNING, AFTERNOON)], by=by, at=made)
    for client_id in clients:
        commands.add_client(session_id=pk, client_id=client_id, by=by, at=made)
    return pk


def _working_day(day: date) -> date:
    while day.weekday() not in WORKING_DAYS or holiday(day):
        day += timedelta(days=1)
    return day


def _sent(by: Actor, session_id: int, ago: int, left: int, *, at: datetime) -> int:
    """Sent so many days ago, to be answered in so many (before 0: it is late)."""
    sent_at = at - timedelta(days=ago)
    pk = begin_proposal(session_id=session_id, by=by, at=sent_at)
    draft = queries.draft(pk, seen_by=by)
    deadline = ((at + timedelta(days=left)).date(), time(18))
    send_proposal(sending_id=pk, written=Written(draft.subject, draft.body, deadline), by=by, at=sent_at)
    return session_id


def _said(by: Actor, session_id: int, reply: Reply, *, at: datetime) -> None:
    """The first of its clients answers."""
    session = session_of(session_id=session_id, seen_by=by)
    latest = queries.parties(session, seen_by=by, at=at)[0].latest
    if latest is not None:
        link = link_of(latest.reference, organisation_id=by.organisation_id)
        answer(reference=latest.reference, link=link, reply=reply, by=visitor(by.organisation_id), at=at)
