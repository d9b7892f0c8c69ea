"""Put a session on the public counter or take it off, and move it through its states."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Refusal
from comptoir.catalogue.commands.rows import locked_session, note_calendar
from comptoir.catalogue.models import Session
from comptoir.catalogue.states import SessionKind, SessionState, check_move
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor


class NotForSale(Refusal):
    """Only INTER sessions that say where they are held go on the public counter (A1)."""

    code = "not-for-sale"


@transaction.atomic
def publish_session(*, session_id: int, by: Actor, at: datetime) -> None:
    """Open, with its activity published too, the session is on sale. Refuses: Forbidden, Missing, NotForSale."""
    session = locked_session(session_id, by=by)
    if session.is_published:
        return
    if reason := why_not_publishable(session):
        raise NotForSale(reason)
    session.is_published = True
    session.save(update_fields=["is_published"])
    _record("session.published", session, by=by, at=at)


@transaction.atomic
def unpublish_session(*, session_id: int, by: Actor, at: datetime) -> None:
    """The session has left the public counter; registrations stay. Refuses: Forbidden, Missing."""
    session = locked_session(session_id, by=by)
    if not session.is_published:
        return
    session.is_published = False
    session.save(update_fields=["is_published"])
    _record("session.unpublished", session, by=by, at=at)


@transaction.atomic
def move_session(*, session_id: int, to: str, by: Actor, at: datetime) -> None:
    """The session is in that state. Refuses: Forbidden, Missing, ForbiddenMove."""
    session = locked_session(session_id, by=by)
    check_move(session.state, to)
    before, session.state = session.state, to
    session.save(update_fields=["state"])
    if to == SessionState.CANCELLED:
        note_calendar(session, at=at)
    _record("session.moved", session, by=by, at=at, detail={"from": before, "to": to})


def why_not_publishable(session: Session) -> str:
    """The sentence that keeps this session off the counter, or ''."""
    if session.kind != SessionKind.INTER:
        return _("Une session INTRA n’est pas en vente : passez-la en INTER pour la publier.")
    if session.state == SessionState.CANCELLED:
        return _("Une session annulée n’est pas en vente.")
    if not (session.city or session.is_remote):
        return _("Indiquez la ville, ou « À distance » : c’est ce que l’on regarde en premier.")
    return ""


def _record(what: str, session: Session, *, by: Actor, at: datetime, detail: dict[str, object] | None = None) -> None:
    journal.record(what=what, about=session.reference, by=by, at=at, detail={"id": session.pk, **(detail or {})})
