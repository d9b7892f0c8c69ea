"""What goes with a convocation: a PDF for each person, the sittings for their calendar."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from comptoir.bookings.meeting import place_of
from comptoir.catalogue.models import Session
from comptoir.mail.attachments import File
from comptoir.organisations.models import Organisation


def shared(session: Session, told: dict[str, str], organisation: Organisation) -> dict[str, object]:
    """What the PDF says to everybody who comes to this session."""
    days = "\n".join(line.removeprefix("– ") for line in told["days"].split("\n"))
    facts = [[_("Dates"), told["dates"]], [_("Horaires"), days], [_("Lieu"), told["place"]]]
    if session.is_remote and session.remote_url and (session.place or session.city):
        where = ", ".join(part for part in (session.place, session.address, session.city) if part)
        facts[-1] = [_("Lieu"), where]
        facts.append([_("À distance"), session.remote_url])
    return {
        "title": _("Convocation"), "organisation": organisation.name, "address": organisation.address,
        "colour": organisation.colour, "language": "fr", "session": session.activity.title, "facts": facts,
        "reference_title": _("Réservation"),
    }  # fmt: skip


def own(name: str, reference: str, text: str) -> dict[str, object]:
    """What it says to one person: the letter's own words, without what only a mail has."""
    return {"person": name, "reference": reference, "text": text}


def name_of(reference: str, position: int = 0) -> str:
    """The name of one person's PDF; `position` tells apart those of one mail."""
    return f"convocation-{reference}-{position}.pdf" if position else f"convocation-{reference}.pdf"


def calendar_name(session: Session) -> str:
    """The name of a session's calendar."""
    return f"{session.reference}.ics"


def calendar(session: Session, *, at: datetime) -> File:
    """An event for each sitting (RFC 5545), the same for everybody; sent again after a move, it replaces the former."""
    made = Calendar()
    made.add("prodid", "-//Comptoir//Convocation//FR")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    for number, (start, end) in enumerate(_sittings(session), 1):
        event = Event()
        event.add("uid", f"session-{session.reference}-{number}@comptoir")
        event.add("sequence", int(at.timestamp()) // 60)
        event.add("dtstamp", at)
        event.add("dtstart", start)
        event.add("dtend", end)
        event.add("summary", session.activity.title)
        event.add("location", place_of(session))
        made.add_component(event)
    return File(calendar_name(session), "text/calendar", made.to_ical())


def _sittings(session: Session) -> Sequence[tuple[date, date]]:
    slots = sorted((one.starts_at, one.ends_at) for one in session.slots.all())
    return slots or [(session.starts_on, session.ends_on + timedelta(days=1))]
