"""The attendance sheet (feuille d'émargement) of a session, as a PDF: who is expected, a box to sign a sitting."""

from collections.abc import Sequence
from itertools import batched
from pathlib import Path

from django.utils.translation import gettext as _

from comptoir.base import typeset, words
from comptoir.base.errors import Refusal
from comptoir.base.speaking import spoken
from comptoir.bookings.models import Registration
from comptoir.bookings.queries import registrations
from comptoir.bookings.states import SEATED
from comptoir.catalogue.models import Session
from comptoir.catalogue.planning import times_of
from comptoir.organisations.actors import Actor
from comptoir.organisations.models import Organisation

TEMPLATE = Path(__file__).with_name("attendance.typ")
MOST = 6  # sittings across one page


class SheetFailed(Refusal):
    """The typesetter gave no PDF: asking again may."""

    code = "sheet-failed"
    kind = "unavailable"


def name_of(session: Session) -> str:
    """The name its file is given."""
    return f"emargement-{session.reference}.pdf"


def pdf(session: Session, organisation: Organisation, *, seen_by: Actor) -> bytes:
    """The sheet of those who hold a seat, by name; six sittings a page. Refuses: SheetFailed."""
    rows = registrations(seen_by=seen_by).filter(session=session, state__in=SEATED).order_by("last_name", "first_name")
    try:
        return typeset.typeset(TEMPLATE, content(session, organisation, list(rows)))
    except typeset.NotTypeset as error:
        raise SheetFailed(_("La feuille n’a pas pu être mise en page\u00a0: réessayez dans un instant.")) from error


def content(session: Session, organisation: Organisation, rows: Sequence[Registration]) -> dict[str, object]:
    """What the sheet says, as plain texts."""
    sittings = [[words.day_short(one.on), words.hours(one.start, one.end)] for one in times_of(session)]
    sittings = sittings or [[words.span_short(session.starts_on, session.ends_on), ""]]
    return {
        "title": _("Feuille d’émargement"), "organisation": organisation.name, "colour": organisation.colour,
        "language": spoken(), "reference": session.reference,
        "session": f"{session.activity.title}, {words.span(session.starts_on, session.ends_on)}",
        "place": session.premises or (_("À distance") if session.is_remote else _("Lieu à préciser")),
        "parts": [{"sittings": list(some)} for some in batched(sittings, MOST)],
        "people": [[row.listed, _payer(row)] for row in rows],
        "rank": _("Nº"), "name": _("Participant"), "trainer": _("Formateur"),
        "note": _("Chacun signe lui-même, à chaque séance\u202f; le formateur signe la dernière ligne."),
    }  # fmt: skip


def _payer(row: Registration) -> str:
    return row.booking.client.legal_name if row.booking.client else ""
