"""Who may be marked, and at which sitting: the button and the refusal ask the same."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from comptoir.attendance.sittings import Sitting, moment_of
from comptoir.base import words
from comptoir.base.errors import Refusal
from comptoir.bookings.models import Registration
from comptoir.bookings.states import SEATED, RegistrationState
from comptoir.catalogue.models import Session
from comptoir.catalogue.states import SessionState


class HoldsNoSeat(Refusal):
    """The person is not expected: cancelled, withdrawn, on the waiting list."""

    code = "holds-no-seat"


class NoSuchSitting(Refusal):
    """The session has no sitting that begins then."""

    code = "no-such-sitting"


class NotThatDay(Refusal):
    """The sitting is of a day to come: nobody can have been there."""

    code = "not-that-day"


class SessionCancelled(Refusal):
    """The session does not take place."""

    code = "session-cancelled"


def seat_refusal(row: Registration) -> Refusal | None:
    """Why this person is not expected; None when they are."""
    if row.state in SEATED:
        return None
    said = {
        RegistrationState.CANCELLED: _("Inscription annulée\u00a0: cette personne n’a plus de place."),
        RegistrationState.WITHDRAWN: _("Inscription retirée\u00a0: cette personne n’a plus de place."),
        RegistrationState.CANDIDATE: _("Candidature\u00a0: cette personne n’a pas encore de place."),
        RegistrationState.WAITING: _("Sur liste d’attente\u00a0: cette personne n’a pas de place."),
    }
    return HoldsNoSeat(said[RegistrationState(row.state)])


def sitting_refusal(session: Session, sitting: Sitting | None, *, at: datetime) -> Refusal | None:
    """Why nobody can be marked at this sitting now; None when they can. A day gone by can: it is caught up with."""
    if session.state == SessionState.CANCELLED:
        return SessionCancelled(_("Cette session est annulée\u00a0: personne n’y est attendu."))
    if sitting is None:
        return NoSuchSitting(_("Cette séance n’est pas de cette session."))
    if not sitting.is_planned:
        return NoSuchSitting(_("Cette séance n’est plus au programme\u00a0: les présences déjà pointées y restent."))
    if sitting.days_from(at) > 0:
        said = _("Pas aujourd’hui\u00a0: cette séance a lieu %(day)s, elle se pointe ce jour-là.")
        return NotThatDay(said % {"day": words.day(sitting.on)})
    return None


def moment_named(key: str) -> datetime:
    """When the sitting of that key begins, whosever it is. Refuses: NoSuchSitting."""
    starts_at = moment_of(key)
    if starts_at is None:
        raise NoSuchSitting(_("Cette séance n’est pas de cette session."))
    return starts_at


def check_may_mark(row: Registration, sittings: Sequence[Sitting], starts_at: datetime, *, at: datetime) -> None:
    """Refuses: HoldsNoSeat, SessionCancelled, NoSuchSitting, NotThatDay."""
    sitting = next((one for one in sittings if one.starts_at == starts_at), None)
    if refusal := seat_refusal(row) or sitting_refusal(row.session, sitting, at=at):
        raise refusal
