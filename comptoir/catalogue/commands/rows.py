"""The rows a command works on: found within the actor's organisation, locked until it commits."""

from datetime import datetime

from django.utils.translation import gettext as _

from comptoir.base.errors import Forbidden, Missing
from comptoir.catalogue.models import Activity, Session
from comptoir.organisations.actors import Actor
from comptoir.organisations.models import Organisation


def check_may_write(by: Actor) -> None:
    """Administrators and assistants hold the catalogue; others read it."""
    if not by.works_catalogue:
        raise Forbidden(_("Seuls les administrateurs et les assistants modifient le catalogue."))


def locked_session(session_id: int, *, by: Actor) -> Session:
    """The session, alone until the transaction ends. Refuses: Forbidden, Missing."""
    check_may_write(by)
    found = (
        Session.objects.select_for_update(of=("self",))
        .select_related("activity")
        .filter(pk=session_id, organisation_id=by.organisation_id)
        .first()
    )
    if found is None:
        raise Missing(_("Cette session n’existe pas."))
    return found


def note_calendar(session: Session, *, at: datetime) -> None:
    """Its dates, hours, place or being held changed: who has it in a calendar is to be told, a floor above."""
    session.calendar_sequence += 1
    session.calendar_changed_at = at
    session.save(update_fields=["calendar_sequence", "calendar_changed_at"])


def locked_activity(activity_id: int, *, by: Actor) -> Activity:
    """The activity, alone until the transaction ends. Refuses: Forbidden, Missing."""
    check_may_write(by)
    found = Activity.objects.select_for_update().filter(pk=activity_id, organisation_id=by.organisation_id).first()
    if found is None:
        raise Missing(_("Cette activité n’existe pas."))
    return found


def one_at_a_time(organisation_id: int) -> None:
    """Two people naming things in one organisation wait for each other, so that names stay unique."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation_id)
