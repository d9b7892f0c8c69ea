"""Create and change a session, and name its managers."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid
from comptoir.catalogue import hours
from comptoir.catalogue.checks import session_key, session_values
from comptoir.catalogue.commands.rows import check_may_write, locked_session, note_calendar
from comptoir.catalogue.details import SessionDetails
from comptoir.catalogue.faults import Faults
from comptoir.catalogue.models import Activity, Session
from comptoir.catalogue.planning import replace_slots, times_of
from comptoir.catalogue.states import SessionKind
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor
from comptoir.organisations.numbers import next_numbers

IN_CALENDARS = frozenset(
    {"starts_on", "ends_on", "begins_at", "time_zone", "place", "address", "city", "is_remote", "remote_url"}
)


@transaction.atomic
def create_session(
    *, activity_id: int, details: SessionDetails, half_days: Collection[str] = (), by: Actor, at: datetime
) -> int:
    """The session exists, a draft, unpublished, with a reference of its own. Answers its id.

    `half_days` (HalfDay) plans these, at the usual hours, on each working day of the session (on each day when none
    is a working day). Refuses: Forbidden; Invalid on each field at fault (activity, dates, place, sale, people).
    """
    check_may_write(by)
    if not Activity.objects.filter(pk=activity_id, organisation_id=by.organisation_id).exists():
        raise Invalid(_("Choisissez une activité de la liste."), field="activity")
    values = session_values(details, by=by)
    reference = new_references(by.organisation_id, 1)[0]
    session = Session.objects.create(
        organisation_id=by.organisation_id,
        activity_id=activity_id,
        reference=reference,
        created_at=at,
        search_key=session_key(reference, values["place"], values["address"], values["city"]),
        **values,
    )
    session.managers.set(details.manager_ids)
    if half_days:
        _plan_usual(session, half_days)
    journal.record(what="session.created", about=reference, by=by, at=at, detail={"id": session.pk})
    return session.pk


def check_session(*, details: SessionDetails, by: Actor) -> None:
    """Refuses what create_session would of these details, and writes nothing: for a form that has faults already."""
    session_values(details, by=by)


@transaction.atomic
def change_session(*, session_id: int, details: SessionDetails, by: Actor, at: datetime) -> None:
    """The session reads as told; turned INTRA, it leaves the counter; hours on the wall stay when the zone changes.

    Refuses as create_session, Missing, and Invalid on `starts_on` when slots say otherwise (change those, or shift).
    The capacity may go under the seats taken here: bookings are a floor up, whoever calls for people checks first.
    """
    session = locked_session(session_id, by=by)
    values = session_values(details, by=by)
    planned = times_of(session)
    if planned and (values["starts_on"], values["ends_on"]) != (session.starts_on, session.ends_on):
        raise Invalid(
            _("Les dates suivent les séances : changez les séances, ou décalez la session."), field="starts_on"
        )
    if planned:
        del values["begins_at"]  # the slots say it
    values["search_key"] = session_key(session.reference, values["place"], values["address"], values["city"])
    values["is_published"] = session.is_published and details.kind == SessionKind.INTER
    changed = sorted(name for name, value in values.items() if getattr(session, name) != value)
    for name in changed:
        setattr(session, name, values[name])
    if changed:
        session.save(update_fields=changed)
    if "time_zone" in changed and planned:
        replace_slots(session, planned)
    if not IN_CALENDARS.isdisjoint(changed):
        note_calendar(session, at=at)
    if set(session.managers.values_list("pk", flat=True)) != details.manager_ids:
        session.managers.set(details.manager_ids)
        changed.append("managers")
    fields = [name for name in changed if name not in ("search_key", "begins_at")]
    if fields:
        _record_change(session, fields, by=by, at=at)


@transaction.atomic
def set_managers(*, session_id: int, staff_ids: Collection[int], by: Actor, at: datetime) -> None:
    """These people, and only they, manage the session. Refuses: Forbidden, Missing, Invalid on `managers`."""
    session = locked_session(session_id, by=by)
    faults = Faults()
    faults.staff("managers", set(staff_ids), organisation_id=by.organisation_id)
    faults.refuse()
    if set(session.managers.values_list("pk", flat=True)) != set(staff_ids):
        session.managers.set(staff_ids)
        _record_change(session, ["managers"], by=by, at=at)


def new_references(organisation_id: int, count: int) -> list[str]:
    """The next session references: S-00001, S-00002 …"""
    return [f"S-{number:05}" for number in next_numbers(organisation_id, "session", count)]


def _plan_usual(session: Session, halves: Collection[str]) -> None:
    first, last = session.starts_on, session.ends_on
    usual = hours.half_days(first, last, halves, hours.WORKING_DAYS) or hours.half_days(first, last, halves, range(7))
    replace_slots(session, usual)


def _record_change(session: Session, fields: list[str], *, by: Actor, at: datetime) -> None:
    detail: dict[str, object] = {"id": session.pk, "fields": fields}
    journal.record(what="session.changed", about=session.reference, by=by, at=at, detail=detail)
