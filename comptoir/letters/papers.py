"""What goes with a convocation: a PDF for each person, the sittings for their calendar."""

from datetime import datetime

from django.utils.translation import gettext as _

from comptoir.bookings import calendars
from comptoir.catalogue.models import Session
from comptoir.mail.attachments import File
from comptoir.organisations.models import Organisation


def shared(session: Session, told: dict[str, str], organisation: Organisation) -> dict[str, object]:
    """What the PDF says to everybody who comes to this session."""
    days = "\n".join(line.removeprefix("– ") for line in told["days"].split("\n"))
    facts = [[_("Dates"), told["dates"]], [_("Horaires"), days], [_("Lieu"), told["place"]]]
    if session.is_remote and session.remote_url and (session.place or session.city):
        facts[-1] = [_("Lieu"), session.premises]
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
    """Its sittings, the same for everybody; sent again after a move, they replace the former ones."""
    return File(calendar_name(session), "text/calendar", calendars.calendar([session], at=at))
