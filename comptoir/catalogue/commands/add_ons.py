"""The add-ons (extras) of a session: add, change, take off the offer, put back."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comptoir.catalogue.commands.priced import Shelf
from comptoir.catalogue.faults import Faults
from comptoir.catalogue.models import AddOn
from comptoir.organisations.actors import Actor

MOST_EACH = 20
ADD_ONS = Shelf(
    AddOn,
    "add-on",
    unnamed=gettext_lazy("Donnez un nom à l’extra\u00a0: «\u202fDéjeuner\u202f», «\u202fNuit d’hôtel\u202f»…"),
    named_twice=gettext_lazy("Cette session a déjà un extra de ce nom."),
    unknown=gettext_lazy("Cet extra n’existe pas."),
)


@dataclass(frozen=True)
class Extra:
    """An add-on as written: price in cents without VAT; `most` for one participant; capacity None = no limit."""

    name: str
    price_cents: int
    capacity: int | None = None
    most: int = 1
    rank: int | None = None


@transaction.atomic
def add_add_on(*, session_id: int, extra: Extra, by: Actor, at: datetime) -> int:
    """The session has this add-on, on offer. Answers its id.

    Refuses: Forbidden, Missing, Invalid (name, price, capacity, most, rank).
    """
    return ADD_ONS.add(session_id, asdict(extra), _faults(extra), by=by, at=at)


@transaction.atomic
def change_add_on(*, add_on_id: int, extra: Extra, by: Actor, at: datetime) -> None:
    """The add-on reads as told, for those who take it from now on. Refuses as add_add_on."""
    ADD_ONS.change(add_on_id, asdict(extra), _faults(extra), by=by, at=at)


@transaction.atomic
def deactivate_add_on(*, add_on_id: int, by: Actor, at: datetime) -> None:
    """The add-on is no longer offered; those taken stay. Refuses: Forbidden, Missing."""
    ADD_ONS.offer(add_on_id, False, by=by, at=at)


@transaction.atomic
def activate_add_on(*, add_on_id: int, by: Actor, at: datetime) -> None:
    """The add-on is offered again. Refuses: Forbidden, Missing."""
    ADD_ONS.offer(add_on_id, True, by=by, at=at)


def _faults(extra: Extra) -> Faults:
    faults = Faults()
    faults.price("price", extra.price_cents)
    faults.capacity("capacity", extra.capacity)
    if not 1 <= extra.most <= MOST_EACH:
        faults.add("most", _("Un participant en prend de 1 à 20."))
    return faults
