"""What some people lack to be seated together: seats, rates, add-ons."""

from collections import Counter
from collections.abc import Collection, Iterable

from comptoir.bookings.amounts import Taken
from comptoir.bookings.models import Registration
from comptoir.bookings.seats import Allotment


def missing(rows: Collection[Registration], extras: Iterable[Taken], seats: Allotment) -> dict[int, str]:
    """Session → what is missing for its people among these; empty when all of them fit together."""
    rates: dict[int, list[int | None]] = {}
    wanted: dict[int, Counter[int]] = {}
    for row in rows:
        rates.setdefault(row.session_id, []).append(row.seat_type_id)
        wanted.setdefault(row.session_id, Counter())
    for row, line in extras:
        if row in rows:
            wanted[row.session_id][line.add_on_id] += line.quantity
    short = {pk: seats.short(pk, each) or seats.extras.short(pk, wanted[pk]) for pk, each in rates.items()}
    return {pk: why for pk, why in short.items() if why}
