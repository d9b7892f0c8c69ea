"""The rates of a session: add, change, take off sale, put back."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.catalogue.commands.priced import Shelf
from comptoir.catalogue.faults import Faults
from comptoir.catalogue.models import SeatType
from comptoir.organisations.actors import Actor

RATES = Shelf(
    SeatType,
    "seat-type",
    unnamed=_("Donnez un nom au tarif\u00a0: «\u202fPlein tarif\u202f», «\u202fAdhérent\u202f»…"),
    named_twice=_("Cette session a déjà un tarif de ce nom."),
    unknown=_("Ce tarif n’existe pas."),
)


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
    return RATES.add(session_id, asdict(rate), _faults(rate), by=by, at=at)


@transaction.atomic
def change_seat_type(*, seat_type_id: int, rate: Rate, by: Actor, at: datetime) -> None:
    """The rate reads as told, for registrations to come: those made keep their price. Refuses as add_seat_type.

    The capacity may go under the seats taken: bookings are a floor up, whoever calls for people checks first.
    """
    RATES.change(seat_type_id, asdict(rate), _faults(rate), by=by, at=at)


@transaction.atomic
def deactivate_seat_type(*, seat_type_id: int, by: Actor, at: datetime) -> None:
    """The rate is no longer offered; registrations at it stay. Refuses: Forbidden, Missing."""
    RATES.offer(seat_type_id, False, by=by, at=at)


@transaction.atomic
def activate_seat_type(*, seat_type_id: int, by: Actor, at: datetime) -> None:
    """The rate is offered again. Refuses: Forbidden, Missing."""
    RATES.offer(seat_type_id, True, by=by, at=at)


def _faults(rate: Rate) -> Faults:
    faults = Faults()
    faults.price("price", rate.price_cents)
    faults.capacity("capacity", rate.capacity)
    return faults
