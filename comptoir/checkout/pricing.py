"""What seats and add-ons come to, VAT computed once for all that are alike: as a booking owes it (A6)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from comptoir.base.money import Price, price, total
from comptoir.catalogue.models import AddOn
from comptoir.checkout.offers import Extras, Offer


@dataclass(frozen=True)
class ExtraTotal:
    """One add-on, for everybody who takes it."""

    add_on: AddOn
    quantity: int
    price: Price


def extras_of(people: Iterable[tuple[Offer, Extras]]) -> list[ExtraTotal]:
    """The add-ons of these people, each once; those no longer on offer count for nothing."""
    wanted: Counter[int] = Counter()
    known: dict[int, tuple[AddOn, int]] = {}
    for offer, extras in people:
        for pk, count in extras:
            if pk in offer.add_ons:
                wanted[pk] += count
                known[pk] = (offer.add_ons[pk], offer.session.vat_bp)
    return [
        ExtraTotal(extra, wanted[pk], price(extra.price_cents, vat_bp, wanted[pk]))
        for pk, (extra, vat_bp) in known.items()
    ]


def total_of(people: Iterable[tuple[Offer, int | None, Extras]]) -> Price:
    """What these people, each with a session, a rate and add-ons, come to."""
    listed = list(people)
    seats = Counter((offer.session.pk, seat_type_id) for offer, seat_type_id, _extras in listed)
    by_id = {offer.session.pk: offer for offer, _rate, _extras in listed}
    each = [price(by_id[pk].price_cents(rate), by_id[pk].session.vat_bp, count) for (pk, rate), count in seats.items()]
    extras = extras_of((offer, taken) for offer, _rate, taken in listed)
    return total([*each, *(one.price for one in extras)])
