"""Money in integer cents and VAT in basis points (2000 = 20 %): no float ever touches an amount."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

BASIS = 10_000


@dataclass(frozen=True)
class Price:
    """One line's price: net, VAT and gross, in cents. `gross == net + vat`, always."""

    net_cents: int
    vat_cents: int

    @property
    def gross_cents(self) -> int:
        """What the client pays, in cents."""
        return self.net_cents + self.vat_cents


def vat_cents(net_cents: int, vat_bp: int) -> int:
    """VAT on a net amount, rounded half up to the cent (CGI art. 269; commercial rounding)."""
    exact = Decimal(net_cents) * vat_bp / BASIS
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def price(unit_net_cents: int, vat_bp: int, quantity: int = 1) -> Price:
    """Price of a line: VAT is computed on the line, not on the unit, so that totals add up (A6)."""
    net = unit_net_cents * quantity
    return Price(net, vat_cents(net, vat_bp))


def total(prices: Iterable[Price]) -> Price:
    """Sum of the lines, to the cent."""
    net = vat = 0
    for one in prices:
        net, vat = net + one.net_cents, vat + one.vat_cents
    return Price(net, vat)
