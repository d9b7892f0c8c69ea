"""Step 3 as it stands: the lines, the prices of this moment, what stands in the way, the terms to accept."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from comptoir.base import words
from comptoir.base.errors import Missing, Refusal
from comptoir.base.money import Price, price, total
from comptoir.catalogue import queries as catalogue
from comptoir.catalogue.models import Terms
from comptoir.checkout.offers import Offer, offers, problems
from comptoir.organisations.actors import Actor
from comptoir.preregistrations.models import BasketLine
from comptoir.preregistrations.queries import baskets
from comptoir.preregistrations.queries.baskets import Contents, Person


class PriceChanged(Refusal):
    """The price shown in the basket is no longer the price (T22)."""

    code = "price-changed"


@dataclass(frozen=True)
class ReviewLine:
    """One line at the price of this moment, and what stands in its way."""

    line: BasketLine
    offer: Offer
    people: Sequence[Person]
    price: Price  # of the whole line
    unit_cents: int
    problems: Sequence[Refusal]
    price_changed: bool


@dataclass(frozen=True)
class Review:
    """The basket as the server sees it now. `digest` is what the visitor agrees to: it changes when anything does."""

    contents: Contents
    lines: Sequence[ReviewLine]
    total: Price
    terms: Terms | None
    digest: str

    @property
    def problems(self) -> list[Refusal]:
        """All that stands in the way, line by line."""
        return [problem for line in self.lines for problem in line.problems]


def review(basket_id: int, *, seen_by: Actor, at: datetime) -> Review:
    """The basket held against the catalogue, in a constant number of queries. Refuses: Missing."""
    contents = baskets.contents(basket_id, organisation_id=seen_by.organisation_id)
    if contents is None:
        raise Missing(_("Votre panier n’existe plus\u00a0: un panier est oublié après un jour sans usage."))
    known = offers((line.session_id for line in contents.lines), organisation_id=seen_by.organisation_id, at=at)
    wanted = _wanted_by_session(contents)
    lines = [_reviewed(line, known[line.session_id], contents, wanted, at=at) for line in contents.lines]
    terms = catalogue.current_terms(seen_by.organisation_id)
    return Review(contents, lines, total(line.price for line in lines), terms, _digest(lines, terms))


def _wanted_by_session(contents: Contents) -> dict[int, list[int | None]]:
    """Two lines of one session (two rates) share its seats: they are judged together."""
    wanted: dict[int, list[int | None]] = {}
    for line in contents.lines:
        wanted.setdefault(line.session_id, []).extend([line.seat_type_id] * line.quantity)
    return wanted


def _reviewed(
    line: BasketLine, offer: Offer, contents: Contents, wanted: dict[int, list[int | None]], *, at: datetime
) -> ReviewLine:
    unit = offer.price_cents(line.seat_type_id)
    changed = (unit, offer.session.vat_bp) != (line.price_cents, line.vat_bp)
    found = problems(offer, wanted[line.session_id], at=at)
    if changed and not found:
        found = [_price_changed(line, unit)]
    cost = price(unit, offer.session.vat_bp, line.quantity)
    return ReviewLine(line, offer, contents.people_of(line), cost, unit, found, changed)


def _price_changed(line: BasketLine, unit: int) -> Refusal:
    return PriceChanged(
        _("%(title)s\u00a0: le prix est passé de %(before)s à %(now)s HT.")
        % {
            "title": line.session.activity.title,
            "before": words.money(line.price_cents),
            "now": words.money(unit),
        }
    )


def _digest(lines: Sequence[ReviewLine], terms: Terms | None) -> str:
    agreed = [
        (line.line.session_id, line.line.seat_type_id, line.line.quantity, line.unit_cents, line.offer.session.vat_bp)
        for line in lines
    ]
    return hashlib.sha256(repr((agreed, terms and terms.version)).encode()).hexdigest()[:32]
