"""Step 3 as it stands: the lines, the prices of this moment, what stands in the way, the terms to accept."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext as _

from comptoir.base import words
from comptoir.base.errors import Missing, Refusal
from comptoir.base.money import Price, price, total
from comptoir.catalogue import queries as catalogue
from comptoir.catalogue.models import Terms
from comptoir.catalogue.rules import Rules, held_until, methods_of
from comptoir.catalogue.states import PayMethod
from comptoir.checkout.fates import Fate, fate_of
from comptoir.checkout.offers import Offer, extra_problems, offers_of, problems
from comptoir.checkout.pricing import ExtraTotal, extras_of
from comptoir.organisations.actors import Actor
from comptoir.preregistrations.models import BasketLine
from comptoir.preregistrations.queries import baskets
from comptoir.preregistrations.queries.baskets import Contents, Person


class PriceChanged(Refusal):
    """The price shown in the basket is no longer the price (T22)."""

    code = "price-changed"


class NoCommonMethod(Refusal):
    """What is booked together is paid together, by a method that all of its activities take."""

    code = "no-common-method"


@dataclass(frozen=True)
class ReviewLine:
    """One line at the price of this moment, what becomes of it, and what stands in its way."""

    line: BasketLine
    offer: Offer
    people: Sequence[Person]
    price: Price  # of the seats of the whole line
    unit_cents: int
    extras: Sequence[ExtraTotal]
    problems: Sequence[Refusal]
    price_changed: bool
    fate: Fate

    @property
    def is_booked(self) -> bool:
        """Whether its seats are taken at once."""
        return self.fate == Fate.BOOK

    @property
    def waits(self) -> bool:
        """Whether it goes on the waiting list."""
        return self.fate == Fate.WAIT


@dataclass(frozen=True)
class Review:
    """The basket as the server sees it now.

    `total` leaves out what waits; `due` is what is to be paid for what is booked, by one of `methods`, before `held`.
    """

    contents: Contents
    lines: Sequence[ReviewLine]
    extras: Sequence[ExtraTotal]
    total: Price
    due: Price
    methods: Sequence[PayMethod]
    held: datetime | None
    common: Sequence[Refusal]  # what stands in the way of the whole
    organisation_id: int

    @cached_property
    def terms(self) -> Terms | None:
        """The terms of sale in force: read when first asked for, as the last step alone does."""
        return catalogue.current_terms(self.organisation_id)

    @cached_property
    def digest(self) -> str:
        """What the visitor agrees to: it changes when anything does."""
        return _digest(self.lines, self.methods, self.terms)

    @property
    def problems(self) -> list[Refusal]:
        """All that stands in the way, line by line."""
        return [problem for line in self.lines for problem in line.problems] + list(self.common)

    def of(self, fate: Fate) -> list[ReviewLine]:
        """The lines that have this fate."""
        return [line for line in self.lines if line.fate == fate]

    @property
    def asks(self) -> bool:
        """Whether a request is sent."""
        return bool(self.of(Fate.REQUEST))

    @property
    def books(self) -> bool:
        """Whether seats are taken at once."""
        return bool(self.of(Fate.BOOK))

    @property
    def waits(self) -> bool:
        """Whether somebody goes on a waiting list."""
        return bool(self.of(Fate.WAIT))


def contents_of(basket_id: int, *, seen_by: Actor) -> Contents:
    """What the basket holds now. Refuses: Missing."""
    contents = baskets.contents(basket_id, organisation_id=seen_by.organisation_id)
    if contents is None:
        raise Missing(_("Votre panier n’existe plus\u00a0: un panier est oublié après un jour sans usage."))
    return contents


def review(contents: Contents, *, seen_by: Actor, at: datetime) -> Review:
    """What a basket was just read to hold, held against the catalogue, in a constant number of queries."""
    known = offers_of(contents.lines, at=at)
    wanted = _wanted_by_session(contents)
    lines = [_reviewed(line, known[line.session_id], contents, wanted, at=at) for line in contents.lines]
    booked, extras = [line for line in lines if line.is_booked], _extras(lines)
    due = total([*(line.price for line in booked), *(one.price for one in extras)])
    asked = total(line.price for line in lines if line.fate == Fate.REQUEST)
    rules = {line.offer.session.activity_id: line.offer.rules for line in booked}.values()
    methods = methods_of(rules) if due.gross_cents else ()
    return Review(
        contents, lines, extras, total([due, asked]), due, methods,
        held_until(rules, (line.offer.session for line in booked), since=at) if methods else None,
        _unpayable(due, methods, rules), seen_by.organisation_id,
    )  # fmt: skip


def _extras(lines: Sequence[ReviewLine]) -> list[ExtraTotal]:
    """The add-ons of what is booked: one price for all the lines that take one."""
    return extras_of(
        (line.offer, baskets.extras_of(person)) for line in lines if line.is_booked for person in line.people
    )


def _unpayable(due: Price, methods: Sequence[PayMethod], rules: Collection[Rules]) -> list[Refusal]:
    if not due.gross_cents or methods:
        return []
    if all(one.methods for one in rules):
        return [NoCommonMethod(_("Ces sessions ne se paient pas par un même moyen\u00a0: réservez-les séparément."))]
    return [NoCommonMethod(_("Cette session n’a pas encore de moyen de paiement\u00a0: écrivez-nous pour réserver."))]


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
    everybody = wanted[line.session_id]
    fate = fate_of(offer, everybody, at=at)
    found = [] if fate == Fate.WAIT else problems(offer, everybody, at=at)
    people = contents.people_of(line)
    if offer.rules.is_direct and not found:
        found = _extra_problems(line, offer, contents, fate)
    if changed and not found:
        found = [_price_changed(line, unit)]
    cost = price(unit, offer.session.vat_bp, line.quantity)
    extras = extras_of((offer, baskets.extras_of(person)) for person in people) if offer.rules.is_direct else []
    return ReviewLine(line, offer, people, cost, unit, extras, found, changed, fate)


def _extra_problems(line: BasketLine, offer: Offer, contents: Contents, fate: Fate) -> list[Refusal]:
    """Two lines of one session share its add-ons: said once, beside the first."""
    same = [one for one in contents.lines if one.session_id == line.session_id]
    if line != same[0]:
        return []
    people = [baskets.extras_of(person) for one in same for person in contents.people_of(one)]
    return extra_problems(offer, people, is_counted=fate == Fate.BOOK)


def _price_changed(line: BasketLine, unit: int) -> Refusal:
    return PriceChanged(
        _("%(title)s\u00a0: le prix est passé de %(before)s à %(now)s HT.")
        % {
            "title": line.session.activity.title,
            "before": words.money(line.price_cents),
            "now": words.money(unit),
        }
    )


def _digest(lines: Sequence[ReviewLine], methods: Sequence[PayMethod], terms: Terms | None) -> str:
    agreed = [
        (
            line.line.session_id, line.line.seat_type_id, line.line.quantity, line.unit_cents,
            line.offer.session.vat_bp, line.fate.value,
            [(one.add_on.pk, one.quantity, one.price.net_cents) for one in line.extras],
        )
        for line in lines
    ]  # fmt: skip
    told = (agreed, [str(one) for one in methods], terms and terms.version)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]
