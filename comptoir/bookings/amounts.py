"""What a booking owes: its seats held and their add-ons, VAT computed once for all that are alike (A6)."""

from collections import Counter
from collections.abc import Collection, Iterable

from comptoir.base.money import Price, price, total
from comptoir.base.prepared import Prepared
from comptoir.bookings.models import AddOnLine, Registration
from comptoir.bookings.states import SEATED

type Taken = tuple[Registration, AddOnLine]
type Alike = tuple[str, int, int | None, int, int]  # what, session or add-on, rate, unit price without VAT, VAT in bp


def owed(rows: Iterable[Registration], extras: Iterable[Taken] = (), *, states: Collection[str] = SEATED) -> Price:
    """Net, VAT and gross of all that is in these states (the seats held) and of what goes with it, in cents."""
    alike: Counter[Alike] = Counter(
        ("seat", row.session_id, row.seat_type_id, row.price_cents, row.vat_bp) for row in rows if row.state in states
    )
    for row, line in extras:
        if row.state in states:
            alike["add-on", line.add_on_id, None, line.price_cents, row.vat_bp] += line.quantity
    return total(price(cents, vat, count) for (_what, _id, _rate, cents, vat), count in alike.items())


_LINES: Prepared[AddOnLine] = Prepared(
    lambda registrations: (
        AddOnLine.objects.filter(registration__in=registrations)
        .order_by("registration_id", "add_on__rank", "pk")
        .select_related("add_on")
    )
)


def taken(rows: Iterable[Registration]) -> list[Taken]:
    """The add-ons of stored registrations, in one query."""
    by_id = {row.pk: row for row in rows}
    return [(by_id[line.registration_id], line) for line in _LINES.all(registrations=by_id)]
