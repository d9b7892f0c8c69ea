"""The sittings of sessions for somebody's calendar: the page of a booking and a convocation give the same events."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from comptoir.bookings.meeting import place_of, where_of
from comptoir.catalogue.models import Session
from comptoir.catalogue.states import SessionState

PRODID = "-//Comptoir//Inscriptions//FR"


def calendar(
    sessions: Iterable[Session], *, at: datetime, told: Callable[[Session], str] | None = None, takes_back: bool = False
) -> bytes:
    """An event for each sitting (RFC 5545), or whole days where none is planned; `told`: what it says.

    METHOD:PUBLISH, or CANCEL when all of them are cancelled (RFC 5546, 3.2.5).

    The same sitting has the same UID wherever it is taken from, and the SEQUENCE of the session's changes: taken, or
    sent, again after it moved, it replaces the former one (RFC 5546, 3.2.1). `takes_back`: the sittings a session had
    and has no more are there too, cancelled, for calendars that show them still.
    """
    made = Calendar()
    made.add("prodid", PRODID)
    made.add("version", "2.0")
    every = list(sessions)
    gone = bool(every) and all(one.state == SessionState.CANCELLED for one in every)
    made.add("method", "CANCEL" if gone else "PUBLISH")
    for session in every:
        held = _sittings(session)
        for number, (where, *times) in enumerate(held, 1):
            made.add_component(_event(session, number, times, where, told(session) if told else "", at=at))
        for number in range(len(held) + 1, session.most_sittings + 1) if takes_back else ():
            where, *times = held[0]  # when it was is not known any more: its name is what takes it off
            made.add_component(_event(session, number, times, where, "", at=at, is_gone=True))
    content: bytes = made.to_ical()
    return content


def uid_of(session: Session, number: int) -> str:
    """What a sitting is called in every calendar: the first of a session is number 1."""
    return f"session-{session.pk}-{number}@{session.organisation.slug}.comptoir"


def _event(
    session: Session, number: int, times: Sequence[date], where: str, told: str, *, at: datetime, is_gone: bool = False
) -> Event:
    event = Event()
    event.add("uid", uid_of(session, number))
    event.add("sequence", session.calendar_sequence)
    event.add("status", "CANCELLED" if is_gone or session.state == SessionState.CANCELLED else "CONFIRMED")
    event.add("dtstamp", at)
    event.add("dtstart", times[0])
    event.add("dtend", times[1])
    event.add("summary", session.activity.title)
    event.add("location", where)
    if told:
        event.add("description", told)
    return event


def _sittings(session: Session) -> Sequence[tuple[str, date, date]]:
    slots = sorted(session.slots.all(), key=lambda one: one.starts_at)
    held = [(where_of(session, one.place, one.remote_url), one.starts_at, one.ends_at) for one in slots]
    return held or [(place_of(session), session.starts_on, session.ends_on + timedelta(days=1))]
