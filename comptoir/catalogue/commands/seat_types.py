"""The rates of a session: add, change, take off sale, put back."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from comptoir.base.text import clean_line, folded
from comptoir.catalogue.commands.rows import locked_seat_type, locked_session
from comptoir.catalogue.faults import Faults
from comptoir.catalogue.models import SeatType, Session
from comptoir.journal import commands as journal
from comptoir.organisations.actors import Actor


@dataclass(frozen=True)
class Rate:
    """A seat type as written: price in cents without VAT, capacity None = no limit of its own, rank None = last."""

    name: str
    price_cents: int
    capacity: int | None = None
    rank: int | None = None


@transaction.atomic
def add_seat_type(*, session_id: int, rate: Rate, by: Actor, at: datetime) -> int:
    """The session has this rate, on offer. Answers its id.

    Refuses: Forbidden, Missing, Invalid (name, price, capacity, rank).
    """
    session = locked_session(session_id, by=by)
    name = _checked(session, rate, 0)
    last = session.seat_types.aggregate(last=Max("rank", default=0))["last"]
    made = SeatType.objects.create(
        session=session,
        name=name,
        price_cents=rate.price_cents,
        capacity=rate.capacity,
        rank=last + 1 if rate.rank is None else rate.rank,
    )
    _record("seat-type.added", made, by=by, at=at)
    return made.pk


@transaction.atomic
def change_seat_type(*, seat_type_id: int, rate: Rate, by: Actor, at: datetime) -> None:
    """The rate reads as told, for registrations to come: those made keep their price. Refuses as add_seat_type.

    The capacity may go under the seats taken: bookings are a floor up, whoever calls for people checks first.
    """
    seat_type = locked_seat_type(seat_type_id, by=by)
    name = _checked(seat_type.session, rate, seat_type_id)
    values = {"name": name, "price_cents": rate.price_cents, "capacity": rate.capacity}
    if rate.rank is not None:
        values["rank"] = rate.rank
    changed = [field for field, value in values.items() if getattr(seat_type, field) != value]
    if not changed:
        return
    for field in changed:
        setattr(seat_type, field, values[field])
    seat_type.save(update_fields=changed)
    _record("seat-type.changed", seat_type, by=by, at=at)


@transaction.atomic
def deactivate_seat_type(*, seat_type_id: int, by: Actor, at: datetime) -> None:
    """The rate is no longer offered; registrations at it stay. Refuses: Forbidden, Missing."""
    _set_active(seat_type_id, False, by=by, at=at)


@transaction.atomic
def activate_seat_type(*, seat_type_id: int, by: Actor, at: datetime) -> None:
    """The rate is offered again. Refuses: Forbidden, Missing."""
    _set_active(seat_type_id, True, by=by, at=at)


def _set_active(seat_type_id: int, is_active: bool, *, by: Actor, at: datetime) -> None:
    seat_type = locked_seat_type(seat_type_id, by=by)
    if seat_type.is_active != is_active:
        seat_type.is_active = is_active
        seat_type.save(update_fields=["is_active"])
        _record("seat-type.activated" if is_active else "seat-type.deactivated", seat_type, by=by, at=at)


def _checked(session: Session, rate: Rate, seat_type_id: int) -> str:
    name = clean_line(rate.name)
    faults = Faults()
    if not name:
        faults.add("name", _("Donnez un nom au tarif : « Plein tarif », « Adhérent »…"))
    faults.lengths(SeatType, {"name": name})
    others = session.seat_types.exclude(pk=seat_type_id).values_list("name", flat=True)
    if folded(name) in {folded(one) for one in others}:
        faults.add("name", _("Cette session a déjà un tarif de ce nom."))
    faults.price("price", rate.price_cents)
    faults.capacity("capacity", rate.capacity)
    if rate.rank is not None and not 0 <= rate.rank <= 999:
        faults.add("rank", _("Indiquez un rang entre 0 et 999."))
    faults.refuse()
    return name


def _record(what: str, seat_type: SeatType, *, by: Actor, at: datetime) -> None:
    detail: dict[str, object] = {"id": seat_type.session_id, "seat_type": seat_type.pk}
    journal.record(what=what, about=seat_type.session.reference, by=by, at=at, detail=detail)
