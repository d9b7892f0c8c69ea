"""The amounts of a basket or a request as a page says them: net, VAT with its rate when there is one, gross (A6)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from comptoir.base import words
from comptoir.base.money import Price
from comptoir.checkout.queries import Review


@dataclass(frozen=True)
class Summary:
    """What the summary shows."""

    people: int
    total: Price
    vat_name: str


def summary(review: Review) -> Summary:
    """The amounts of a basket at the prices of this moment."""
    people = sum(line.line.quantity for line in review.lines)
    return Summary(people, review.total, vat_name(line.offer.session.vat_bp for line in review.lines))


def vat_name(rates: Iterable[int]) -> str:
    """« TVA 20 % », « TVA (exonérée) », or « TVA » when several rates are mixed."""
    different = set(rates)
    if len(different) != 1:
        return _("TVA")
    rate = different.pop()
    return _("TVA %(rate)s") % {"rate": words.vat(rate)} if rate else _("TVA (exonérée)")
