"""A million registrations as a file, with every column: rows a second, the first byte, the memory (C4)."""

import time
from typing import Any

from django.db import connection

from comptoir.base import sheets
from comptoir.bookings import exporting
from comptoir.bookings.queries import Search
from comptoir.cli.benches import measure, registered
from comptoir.cli.benches.crowd import Crowd

SIZE = 1_000_000
RAW = (
    "select r.*, b.*, s.*, a.title from bookings_registration r join bookings_booking b on b.id = r.booking_id"
    " join catalogue_session s on s.id = r.session_id join catalogue_activity a on a.id = s.activity_id"
    " order by r.booking_id desc, r.position"
)


def run(size: int) -> dict[str, Any]:
    """The file is made and thrown away, chunk by chunk, as the desk streams it."""
    crowd = Crowd.make(sessions=min(2000, max(2, size // 500)), clients=1, courses=20, capacity=None)
    registered.register(crowd, size)
    before, first, volume = measure.peak_mib(), 0.0, 0
    start = time.perf_counter()
    for chunk in sheets.csv_chunks(exporting.titles(), exporting.table(seen_by=crowd.by, search=Search())):
        first = first or time.perf_counter() - start
        volume += len(chunk)
    seconds = time.perf_counter() - start
    more = {"first_byte_ms": round(first * 1000, 1), "grown_mib": round(measure.peak_mib() - before, 1)}
    figures = measure.answer(size=size, seconds=seconds, raw_per_second=_raw(size), mib=round(volume / 2**20, 1))
    return figures | more


def _raw(size: int) -> float:
    """The same rows by the database's own means: COPY on PostgreSQL, a plain select on SQLite."""
    with connection.cursor() as cursor, measure.clock() as took:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f"copy ({RAW}) to stdout (format csv)") as copy:
                for _block in copy:
                    pass
        else:
            cursor.execute(RAW)
            while cursor.fetchmany(2000):
                pass
    return size / took.seconds
