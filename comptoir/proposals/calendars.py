"""The calendars that go with a proposal: asked (REQUEST), and taken back (CANCEL). RFC 5545, 5546, 6047.

A REQUEST holds one UID (RFC 5546, 3.2.2), and each sitting has its own, the same as on the page of a booking: so a
sitting is an object of its own. Up to ten are as many files; more are one file of as many objects (RFC 5545, 3.4).
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from icalendar import Calendar, Event, vCalAddress, vText

from comptoir.bookings import calendars
from comptoir.bookings.meeting import where_of
from comptoir.catalogue.models import Session
from comptoir.mail.attachments import GAP
from comptoir.mail.wire import sender_address
from comptoir.organisations.models import Organisation
from comptoir.proposals.schedule import Kept, Sitting, sittings

MOST_FILES = 10
NAME, _VALUE = GAP.split(":")


def requests(session: Session, organisation: Organisation, *, before: Kept, after: Kept, at: datetime) -> list[str]:
    """Each sitting asked for, provisional; then those there were before and are no more, taken back."""
    held = [_object(session, organisation, n, one, "REQUEST", at=at) for n, one in enumerate(sittings(after), 1)]
    more = list(enumerate(sittings(before), 1))[len(after) :]
    return held + [_object(session, organisation, n, one, "CANCEL", at=at) for n, one in more]


def cancels(session: Session, organisation: Organisation, schedule: Kept, *, at: datetime) -> list[str]:
    """Every sitting that was told is taken back."""
    told = enumerate(sittings(schedule), 1)
    return [_object(session, organisation, n, one, "CANCEL", at=at) for n, one in told]


def files(session: Session, objects: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Name and text of each file that holds these objects."""
    if len(objects) > MOST_FILES:
        yield f"{session.reference}.ics", "".join(objects)
        return
    for number, text in enumerate(objects, 1):
        yield (f"{session.reference}-{number}.ics" if len(objects) > 1 else f"{session.reference}.ics"), text


def attendee(address: str, name: str) -> str:
    """The line that says who is asked, folded."""
    who = vCalAddress(f"mailto:{address}")
    who.params["CN"] = vText(name or address)
    who.params["ROLE"], who.params["PARTSTAT"], who.params["RSVP"] = "REQ-PARTICIPANT", "NEEDS-ACTION", "FALSE"
    event = Event()
    event.add("attendee", who)
    lines = event.to_ical().decode().split("\r\n")
    return "\r\n".join(lines[1:-2])


def _object(
    session: Session, organisation: Organisation, number: int, held: Sitting, method: str, *,
    at: datetime,
) -> str:  # fmt: skip
    made = Calendar()
    made.add("prodid", calendars.PRODID)
    made.add("version", "2.0")
    made.add("method", method)
    event = Event()
    event.add("uid", calendars.uid_of(session, number))
    event.add("sequence", session.calendar_sequence)
    event.add("status", "CANCELLED" if method == "CANCEL" else "TENTATIVE")
    event.add("dtstamp", at)
    event.add("dtstart", held.start)
    event.add("dtend", held.end)
    event.add("summary", session.activity.title)
    event.add("location", where_of(session, held.place, held.remote_url))
    event.add("organizer", _organizer(organisation))
    event.add(NAME, "1")
    made.add_component(event)
    text: str = made.to_ical().decode()
    return text


def _organizer(organisation: Organisation) -> vCalAddress:
    who = vCalAddress(f"mailto:{organisation.contact_email or sender_address()}")
    who.params["CN"] = vText(organisation.name)
    return who
