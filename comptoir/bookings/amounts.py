"""What a booking owes: its seats held, VAT computed once for all that are alike, as the basket showed it (A6)."""

from collections import Counter
from collections.abc import Iterable

from comptoir.base.money import Price, price, total
from comptoir.bookings.models import Registration
from comptoir.bookings.states import SEATED

type Alike = tuple[int, int | None, int, int]  # session, rate, unit price in cents without VAT, VAT in basis points


def owed(rows: Iterable[Registration]) -> Price:
    """Net, VAT and gross of all the seats held, in cents."""
    alike: Counter[Alike] = Counter(
        (row.session_id, row.seat_type_id, row.price_cents, row.vat_bp) for row in rows if row.state in SEATED
    )
    return total(price(cents, vat, count) for (_session, _rate, cents, vat), count in alike.items())
