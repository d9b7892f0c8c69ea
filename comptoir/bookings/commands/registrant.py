"""What a registrant does alone, by the secret link: cancel, give one's place to somebody (C11, C14).

A member of staff in user mode (C10) does the same, by the same rules, under both names.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from comptoir.base.errors import Missing
from comptoir.bookings.commands.correcting import put_name
from comptoir.bookings.commands.moving import NothingToDo
from comptoir.bookings.commands.own_hand import TooLate, opened
from comptoir.bookings.commands.rows import seats_of
from comptoir.bookings.keys import search_key
from comptoir.bookings.states import LIVE, SEATED, RegistrationState
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor


@transaction.atomic
def cancel_own(*, reference: str, link: str, by: Actor, at: datetime) -> None:
    """All the seats are free again; the waiting list, or the hope of a seat, is left.

    Refuses: Missing, NothingToDo, TooLate.
    """
    held, allowed = opened(reference, link, by=by, at=at)
    rows = held.in_state(*LIVE)
    if not rows:
        raise NothingToDo(_("Cette réservation est déjà annulée."))
    if not allowed.may_cancel:
        raise TooLate(_("Cette réservation ne peut pas, ou ne peut plus, être annulée ici\u00a0: écrivez-nous."))
    held.move(rows, RegistrationState.CANCELLED, seats_of(rows), at=at)
    detail: dict[str, object] = {"registrations": [row.pk for row in rows]}
    journal.record(what="booking.cancelled-by-registrant", about=reference, by=by, at=at, detail=detail)


@transaction.atomic
def rename_own(
    *,
    reference: str,
    link: str,
    registration_id: int,
    first_name: str,
    last_name: str,
    email: str,
    by: Actor,
    at: datetime,
) -> None:
    """Somebody else has that seat. Refuses: Missing, TooLate; Invalid or Several on first_name, last_name, email."""
    held, allowed = opened(reference, link, by=by, at=at)
    row = held.row(registration_id)
    if row.state not in SEATED:
        raise Missing(_("Cette inscription est annulée."))
    if not allowed.may_rename:
        raise TooLate(_("Les noms ne peuvent pas, ou ne peuvent plus, être changés ici\u00a0: écrivez-nous."))
    put_name(row, first_name, last_name, email)
    row.search_key = search_key(held.booking, row)
    row.save(update_fields=["first_name", "last_name", "email", "search_key"])
    detail: dict[str, object] = {"registrations": [row.pk]}
    journal.record(what="registration.renamed", about=reference, by=by, at=at, detail=detail)
