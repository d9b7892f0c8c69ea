"""Before a session, its registrants are told again when and where it is: contacts and participants (a round)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from comptoir.base.outcome import Outcome
from comptoir.base.speaking import speaking
from comptoir.bookings import meeting
from comptoir.bookings.links import address_of
from comptoir.bookings.models import Booking, Registration, Reminder
from comptoir.bookings.states import RegistrationState
from comptoir.catalogue.models import Session
from comptoir.catalogue.sale import has_not_begun
from comptoir.catalogue.states import SessionState
from comptoir.journal import commands as journal
from comptoir.mail import commands as mail
from comptoir.mail.drafts import Draft
from comptoir.organisations import addresses
from comptoir.organisations.actors import system

HELD = (SessionState.OPEN, SessionState.CLOSED)
LONGEST = 60  # days: what is further away is not even looked at


def remind_due(*, at: datetime, limit: int = 20) -> Outcome[str]:
    """Each session whose reminder is due has queued its mails, all of them or none; once for each date it begins at."""
    outcome: Outcome[str] = Outcome()
    for session in _due(at)[:limit]:
        try:
            with transaction.atomic():
                Reminder.objects.create(session=session, begins_at=session.begins_at)
                mail.queue_many(_drafts(session), at=at)
                by = system(session.organisation_id)
                journal.record(what="session.reminded", about=session.reference, by=by, at=at)
        except IntegrityError:
            continue  # another round did it meanwhile
        outcome.done.append(session.reference)
    return outcome


def _due(at: datetime) -> QuerySet[Session]:
    """Soonest first; a session begun, drafted or cancelled reminds nobody."""
    said = Reminder.objects.filter(session=OuterRef("pk"), begins_at=OuterRef("begins_at"))
    near = Session.objects.filter(
        ~Exists(said), has_not_begun(at), state__in=HELD, begins_at__lte=at + timedelta(days=LONGEST),
        activity__rules__reminder_days__gt=0,
    )  # fmt: skip
    delays = set(near.order_by().values_list("activity__rules__reminder_days", flat=True))
    in_time = Q(pk__in=[])
    for days in delays:
        in_time |= Q(activity__rules__reminder_days=days, begins_at__lte=at + timedelta(days=days))
    return near.filter(in_time).select_related("activity", "organisation").order_by("begins_at", "pk")


def _drafts(session: Session) -> Iterator[Draft]:
    rows = Registration.objects.filter(session=session, state=RegistrationState.VALIDATED)
    people = rows.select_related("booking__organisation").order_by("booking_id", "position")
    told = meeting.in_each_language(session)
    for booking, group in groupby(people, lambda row: row.booking):
        with speaking(booking.language):
            drafts = [*_about(session, booking, [*group], told(booking.language))]
        yield from drafts


def _about(session: Session, booking: Booking, people: list[Registration], told: dict[str, str]) -> Iterator[Draft]:
    written = set()
    if booking.contact_email:
        written.add(booking.contact_email)
        names = "\n".join(f"– {row}" for row in people)
        yield Draft(
            session.organisation_id, "session-reminder", _key(session, booking.reference), [booking.contact_email],
            told | {"contact": booking.contact_name, "booking": booking.reference, "lines": names},
            booking.reference, button=(_("Voir ma réservation"), address_of(booking)),
        )  # fmt: skip
    page = addresses.page(session.organisation, f"formations/{session.activity.slug}/")
    for row in people:
        if row.email and row.email not in written:
            written.add(row.email)
            yield Draft(
                session.organisation_id, "session-invitation", _key(session, f"{booking.reference}.{row.position}"),
                [row.email], told | {"person": str(row)}, booking.reference, button=(_("Voir la session"), page),
            )  # fmt: skip


def _key(session: Session, whom: str) -> str:
    return f"reminder:{session.pk}:{session.begins_at:%Y%m%d%H%M}:{whom}"
