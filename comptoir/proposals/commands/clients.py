"""Who the clients of an in-house session are; and the switch « Validation manuelle » (D10)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Invalid, Missing, Refusal
from comptoir.catalogue.models import Session
from comptoir.catalogue.states import SessionKind, SessionState
from comptoir.clients.models import Client
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor
from comptoir.proposals import queries
from comptoir.proposals.commands.rows import living, locked_session, restate, row_of, withdraw
from comptoir.proposals.models import SessionClient


class NotPlanned(Refusal):
    """The session has no sitting: there are no dates to confirm (D1)."""

    code = "not-planned"


class SessionOff(Refusal):
    """The session is cancelled."""

    code = "session-cancelled"


class FromRegistrations(Refusal):
    """The clients of an open session are those who have a seat."""

    code = "from-registrations"


@transaction.atomic
def add_client(*, session_id: int, client_id: int, by: Actor, at: datetime) -> None:
    """The client is one of this in-house session; added already, it stays. Refuses: Missing, Forbidden,
    FromRegistrations, Invalid on `client`."""
    session = locked_session(session_id, by=by)
    if session.kind != SessionKind.INTRA:
        raise FromRegistrations(_("Les clients d’une session INTER sont ceux qui y ont une inscription."))
    client = Client.objects.filter(pk=client_id, organisation_id=by.organisation_id).first()
    if client is None:
        raise Invalid(_("Choisissez un client de la liste."), field="client")
    row = row_of(session, client.pk, by=by, at=at)
    if not row.is_chosen:
        row.is_chosen = True
        row.save(update_fields=["is_chosen"])
        _record("session.client-added", session, client, by=by, at=at)


@transaction.atomic
def remove_client(*, session_id: int, client_id: int, by: Actor, at: datetime) -> None:
    """The client is no longer one that was chosen; what was proposed to it is withdrawn, unless it has a seat.

    Refuses: Missing, Forbidden.
    """
    session = locked_session(session_id, by=by)
    row = SessionClient.objects.filter(session=session, client_id=client_id, is_chosen=True).first()
    if row is None:
        raise Missing(_("Ce client n’est pas de cette session."))
    row.is_chosen = False
    row.save(update_fields=["is_chosen"])
    if client_id not in queries.client_ids(session):
        proposal = living(session, client_id)
        if proposal is not None:
            withdraw([proposal], at=at)
        row.delete()
    _record("session.client-removed", session, row.client, by=by, at=at)


@transaction.atomic
def validate_dates(*, session_id: int, client_id: int, by: Actor, at: datetime) -> None:
    """The client is known to be free on these dates: « Date(s) validée(s) manuellement », until they move (D10).

    Validated already, it stays as it was. Refuses: Missing, Forbidden, NotPlanned, SessionOff.
    """
    session = locked_session(session_id, by=by)
    check_planned(session)
    _require_client(session, client_id)
    row = row_of(session, client_id, by=by, at=at)
    if row.is_validated(session.calendar_sequence):
        return
    row.validated_at, row.validated_by_id, row.validated_by_name = at, by.user_id, by.name
    row.validated_sequence = session.calendar_sequence
    row.save(update_fields=["validated_at", "validated_by", "validated_by_name", "validated_sequence"])
    restate(row, session, living(session, client_id))
    _record("session.dates-validated", session, row.client, by=by, at=at)


@transaction.atomic
def undo_validation(*, session_id: int, client_id: int, by: Actor, at: datetime) -> None:
    """The switch is off: the client stands where its own answer, or none, puts it. Refuses: Missing, Forbidden."""
    session = locked_session(session_id, by=by)
    _require_client(session, client_id)
    row = SessionClient.objects.filter(session=session, client_id=client_id).select_related("client").first()
    if row is None or not row.is_validated(session.calendar_sequence):
        return
    row.validated_at, row.validated_by_id, row.validated_by_name = None, None, ""
    row.save(update_fields=["validated_at", "validated_by", "validated_by_name"])
    restate(row, session, living(session, client_id))
    _record("session.validation-undone", session, row.client, by=by, at=at)


def check_planned(session: Session) -> None:
    """Refuses: SessionOff, NotPlanned (D1)."""
    if session.state == SessionState.CANCELLED:
        raise SessionOff(_("Cette session est annulée\u00a0: ses dates ne se proposent plus."))
    if not session.slots.exists():
        raise NotPlanned(_("Planifiez d’abord les séances\u00a0: il n’y a pas encore de dates à proposer."))


def _require_client(session: Session, client_id: int) -> None:
    if client_id not in queries.client_ids(session):
        raise Missing(_("Ce client n’est pas de cette session."))


def _record(what: str, session: Session, client: Client, *, by: Actor, at: datetime) -> None:
    journal.record(what=what, about=session.reference, by=by, at=at, detail={"client": client.number})
