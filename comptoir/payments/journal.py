"""The payment journal: what the accountant is given, and its totals by month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q, Sum
from django.db.models.functions import TruncMonth
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from comptoir.base.sheets import Cell
from comptoir.journal import commands as acts
from comptoir.organisations.actors import Actor
from comptoir.payments.queries import ledger
from comptoir.payments.states import EntryKind

TITLES = (
    _("Numéro"), _("Jour du règlement"), _("Nature"), _("Moyen"), _("Montant"), _("Réservation"), _("Numéro client"),
    _("Client"), _("Écrit le"), _("Par"), _("Commentaire"),
)  # fmt: skip


@dataclass(frozen=True)
class Month:
    """What came and went in one month, in cents."""

    first: date
    paid_cents: int
    refunded_cents: int
    percent: int = 0  # of the largest, for the chart

    @property
    def balance_cents(self) -> int:
        """What is left."""
        return self.paid_cents - self.refunded_cents


def titles() -> list[str]:
    """The head of the table."""
    return [str(title) for title in TITLES]


def table(*, seen_by: Actor, first: date | None = None, last: date | None = None) -> Iterator[list[Cell]]:
    """A row for each entry of the period, in the order of its days; a refund is below zero. Amounts in euros."""
    for one in ledger(seen_by=seen_by, first=first, last=last).iterator(chunk_size=2000):
        sign = -1 if one.kind == EntryKind.REFUND else 1
        client = one.booking.client
        yield [
            one.number, one.settled_on, one.get_kind_display(), one.get_method_display(),
            sign * Decimal(one.amount_cents) / 100, one.booking.reference, client.number if client else "",
            client.legal_name if client else "", localdate(one.at), one.by_name,
            one.comment.text if hasattr(one, "comment") else "",
        ]  # fmt: skip


def by_month(*, seen_by: Actor, first: date | None = None, last: date | None = None) -> list[Month]:
    """The totals of each month that has entries, latest first; one query."""
    rows = ledger(seen_by=seen_by, first=first, last=last).select_related(None).order_by()
    found = (
        rows.annotate(month=TruncMonth("settled_on"))
        .values_list("month")
        .annotate(
            paid=Sum("amount_cents", filter=Q(kind=EntryKind.PAYMENT), default=0),
            refunded=Sum("amount_cents", filter=Q(kind=EntryKind.REFUND), default=0),
        )
        .order_by("-month")
    )
    months = [Month(month, paid, refunded) for month, paid, refunded in found]
    largest = max((one.paid_cents for one in months), default=0) or 1
    return [Month(one.first, one.paid_cents, one.refunded_cents, 100 * one.paid_cents // largest) for one in months]


def record_export(*, by: Actor, at: datetime) -> None:
    """The organisation's journal says that the payment journal left as a file."""
    acts.record(what="payment.exported", by=by, at=at)
