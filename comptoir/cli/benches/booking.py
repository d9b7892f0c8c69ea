"""A sell-out: many clients at once, more attempts than seats, through the API of a real server (C24, T17)."""

import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from comptoir.catalogue import queries as catalogue
from comptoir.catalogue.commands.rules import set_rules
from comptoir.catalogue.rules import Rules
from comptoir.cli.benches import measure
from comptoir.cli.benches.crowd import Crowd
from comptoir.cli.benches.server import Server

SIZE = 500  # seats
HANDS = 32
WARM = 320  # bookings of another session, before the clock starts: every thread has its connection
DIRECT = Rules(is_direct=True, takes_transfer=True)


@dataclass
class Sale:
    """What the clients were answered: each status, and how long a booking took."""

    statuses: Counter[int] = field(default_factory=Counter)
    took: list[float] = field(default_factory=list)
    last: float = 0.0  # when the last seat was sold


def run(size: int) -> dict[str, Any]:
    """So many seats, eight attempts for five seats, 32 at once; as many rows by plain SQL, one commit for each.

    `sold` is what the database holds at the end. `cpu_ms` is all the machine's, clients included, for one attempt.
    """
    crowd = Crowd.make(sessions=2, clients=1, capacity=size)
    (activity,) = catalogue.activities(seen_by=crowd.by)
    set_rules(activity_id=activity.pk, rules=DIRECT, by=crowd.by, at=crowd.at)
    server = Server(crowd, workers=2)
    try:
        _sell(server, crowd.sessions[1], min(WARM, size), hands=HANDS)
        busy, began = _busy(), time.perf_counter()
        sale = _sell(server, crowd.sessions[0], size * 8 // 5, hands=HANDS)
        busy = _busy() - busy
    finally:
        server.close()
    attempts = sum(sale.statuses.values())
    sold = _sold(crowd.sessions[0])  # before plain SQL adds its own rows
    found = measure.answer(size=size, seconds=sale.last - began, raw_per_second=raw(size))
    more = {"sold": sold, "statuses": dict(sale.statuses), "cpu_ms": round(busy * 1000 / attempts, 2)}
    return found | measure.percentiles(sale.took) | more


def _sell(server: Server, session: str, attempts: int, *, hands: int) -> Sale:
    sale, numbers, lock = Sale(), iter(range(attempts)), threading.Lock()

    def hand() -> None:
        line = server.line()
        line.connect()
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return line.close()
            began = time.perf_counter()
            status, _answer = server.post(line, "bookings", _wanted(session, number), f"banc-{session}-{number:06}")
            now = time.perf_counter()
            with lock:
                sale.statuses[status] += 1
                sale.took.append(now - began)
                sale.last = now if status == 201 else sale.last

    threads = [threading.Thread(target=hand) for _ in range(hands)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return sale


def _wanted(session: str, number: int) -> dict[str, Any]:
    guest = {"session": session, "first_name": "Hugo", "last_name": f"Marchand {number}"}
    contact = {"first_name": "Claire", "last_name": "Lefèvre", "email": f"claire{number}@maison.exemple"}
    client = {"legal_name": "Ateliers du Lac", "city": "Nantes"}
    return {"client": client, "contact": contact, "participants": [guest], "method": "transfer", "terms_version": 1}


def _busy() -> float:
    """Seconds of processor that this machine has spent on anything."""
    user, nice, system = Path("/proc/stat").read_text(encoding="ascii").split()[1:4]
    return (int(user) + int(nice) + int(system)) / 100


def _sold(session: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from bookings_registration r join catalogue_session s on s.id = r.session_id"
            " where s.reference = %s and r.state = 'pending'", [session],
        )  # fmt: skip
        return int(cursor.fetchone()[0])


# One row of each kind, copied from the last booking made; {n} keeps what is unique so.
COPIES: tuple[tuple[str, dict[str, str]], ...] = (
    ("bookings_booking", {"reference": "'B-' || {n}", "token": "'raw-' || {n}"}),
    ("bookings_registration", {"position": "100 + {n}"}),
    ("journal_entry", {}),
    ("mail_message", {"key": "'raw-' || {n}", "message_id": "'raw-' || {n}"}),
)


def raw(size: int) -> float:
    """As many bookings a second by one client and plain SQL: each row copied, the count changed, one commit each."""
    with connection.cursor() as cursor:
        copies = [_copy(cursor, table, changed) for table, changed in COPIES]
        with measure.clock() as took:
            for number in range(size):
                with transaction.atomic():
                    for copy in copies:
                        cursor.execute(copy.replace("{n}", str(number)))
                    cursor.execute("update bookings_seatcount set validated = validated + 0")
    return size / took.seconds


def _copy(cursor: Any, table: str, changed: dict[str, str]) -> str:
    cursor.execute(f"select * from {table} where 1 = 0")  # noqa: S608  # our own tables
    names = [column[0] for column in cursor.description if column[0] not in ("id", "payment")]
    values = ", ".join(changed.get(name, f'"{name}"') for name in names)
    columns = ", ".join(f'"{name}"' for name in names)
    last = f"(select max(id) from {table})"  # noqa: S608  # same
    return f"insert into {table} ({columns}) select {values} from {table} where id = {last}"  # noqa: S608  # same
