"""A session moved, or was cancelled: whoever is registered is told, with what puts their calendar right (a round)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from itertools import groupby

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from comptoir.base.outcome import Outcome
from comptoir.base.speaking import speaking
from comptoir.bookings import calendars, meeting
from comptoir.bookings.links import address_of
from comptoir.bookings.models import Booking, Registration, ToldChange
from comptoir.bookings.states import SEATED, RegistrationState
from comptoir.catalogue.models import Session
from comptoir.catalogue.sale import has_not_begun
from comptoir.catalogue.states import SessionState
from comptoir.journal import commands as journal
from comptoir.mail import attachments
from comptoir.mail import commands as mail
from comptoir.mail.attachments import Enclosed, File
from comptoir.mail.drafts import Draft
from comptoir.organisations import addresses
from comptoir.organisations.actors import system

SETTLED = timedelta(minutes=5)  # changes often come in a row: people are told once of the last
TOLD_OF = (SessionState.OPEN, SessionState.CLOSED, SessionState.CANCELLED)


def tell_changed(*, at: datetime, limit: int = 20) -> Outcome[str]:
    """Each session whose dates or place changed five minutes ago or more has told its registrants, once a change.

    Candidates too, but of a cancellation: their candidature is then ended, which says it. Those who booked after the
    change knew of it. A session begun, or a draft, tells nobody.
    """
    outcome: Outcome[str] = Outcome()
    for session in _due(at)[:limit]:
        if _tell(session.pk, at=at):
            outcome.done.append(session.reference)
    return outcome


def _due(at: datetime) -> QuerySet[Session]:
    told = ToldChange.objects.filter(session=OuterRef("pk"), sequence=OuterRef("calendar_sequence"))
    changed = Session.objects.filter(~Exists(told), has_not_begun(at), state__in=TOLD_OF)
    return changed.filter(calendar_changed_at__lte=at - SETTLED).order_by("calendar_changed_at", "pk")


@transaction.atomic
def _tell(session_id: int, *, at: datetime) -> bool:
    alone = Session.objects.select_for_update(of=("self",)).select_related("activity", "organisation")
    session = alone.get(pk=session_id)
    if not _due(at).filter(pk=session_id).exists():
        return False  # another round did, or it changed again meanwhile
    ToldChange.objects.update_or_create(session=session, defaults={"sequence": session.calendar_sequence})
    people = _people(session)
    if not people:
        return False
    mail.queue_many(_drafts(session, people, at=at), at=at)
    by = system(session.organisation_id)
    journal.record(what="session.change-told", about=session.reference, by=by, at=at, detail={"people": len(people)})
    return True


def _people(session: Session) -> list[Registration]:
    told = SEATED if session.state == SessionState.CANCELLED else (*SEATED, RegistrationState.CANDIDATE)
    rows = Registration.objects.filter(session=session, state__in=told, booking__erased_at=None)
    known = rows.filter(booking__created_at__lt=session.calendar_changed_at)
    return list(known.select_related("booking__organisation").order_by("booking_id", "position"))


def _drafts(session: Session, people: list[Registration], *, at: datetime) -> Iterator[Draft]:
    kind = "session-cancelled" if session.state == SessionState.CANCELLED else "session-changed"
    calendar = cache(lambda _language: [Enclosed(_calendar(session, at=at))])
    told = meeting.in_each_language(session)
    for booking, group in groupby(people, lambda row: row.booking):
        with speaking(booking.language):
            drafts = [*_about(session, booking, [*group], kind, told(booking.language), calendar(booking.language))]
        yield from drafts


def _about(
    session: Session, booking: Booking, people: list[Registration], kind: str, told: dict[str, str],
    enclosed: list[Enclosed],
) -> Iterator[Draft]:  # fmt: skip
    key, written = f"changed:{session.pk}:{session.calendar_sequence}", {booking.contact_email}
    if booking.contact_email:
        yield Draft(
            session.organisation_id, kind, f"{key}:{booking.reference}", [booking.contact_email],
            told | {"contact": booking.contact_name, "booking": booking.reference}, booking.reference,
            button=(_("Voir ma réservation"), address_of(booking)), enclosed=enclosed,
        )  # fmt: skip
    page = addresses.page(session.organisation, f"formations/{session.activity.slug}/")
    for row in people:
        if row.email and row.email not in written:
            written.add(row.email)
            yield Draft(
                session.organisation_id, kind, f"{key}:{booking.reference}.{row.position}", [row.email],
                told | {"contact": str(row), "booking": booking.reference}, booking.reference,
                button=(_("Voir la session"), page), enclosed=enclosed,
            )  # fmt: skip


def _calendar(session: Session, *, at: datetime) -> int:
    content = calendars.calendar([session], at=at, takes_back=True)
    file = File(f"{session.reference}.ics", "text/calendar", content)
    about = session.reference
    return attachments.keep_file(file, organisation_id=session.organisation_id, about=about, at=at)
