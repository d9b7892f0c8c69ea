"""The list of registrations with a million of them: pages, filters, searches, the count (C1–C3, C6)."""

from typing import Any

from comptoir.bookings import queries
from comptoir.cli.benches import browser, measure, registered
from comptoir.cli.benches.crowd import Crowd

SIZE = 1_000_000
LIST = "/banc/bureau/inscriptions/"


def run(size: int) -> dict[str, Any]:
    """Server time of each page; the figure of the whole is the slowest page's."""
    crowd = Crowd.make(sessions=min(2000, max(2, size // 500)), clients=1, courses=20, capacity=None)
    registered.register(crowd, size)
    visitor = browser.signed_in(crowd)
    middle = queries.bookings(seen_by=crowd.by)[size // 4 : size // 4 + 1].get()
    pages = {
        "first": "", "last": "?avant=fin", "by_name": "?sort=name", "by_name_last": "?sort=name&avant=fin",
        "state": "?state=pending", "payment": "?payment=due", "refund": "?payment=refund_due",
        "session": f"?session={queries.registrations(seen_by=crowd.by)[:1].get().session_id}",
        "reference": f"?text={middle.reference}", "whole_mail": f"?text=personne{size // 2}@exemple.fr",
        "part_of_mail": f"?text=onne{size // 3}@ex", "whole_name": f"?text=bazin%20{size // 200}",
        "part_of_name": "?text=messaou", "nobody": "?text=introuvable",
    }  # fmt: skip
    times = browser.TIMES if size > 1000 else 6  # enough to see that it answers
    with measure.clock() as took:
        found = {name: browser.page(visitor, LIST + query, times=times) for name, query in pages.items()}
    slowest = max(found.values(), key=lambda one: float(one["p95_ms"]))
    shown = {name: slowest[name] for name in ("p50_ms", "p95_ms", "p99_ms", "ratio")}
    return measure.answer(size=size, seconds=took.seconds) | {"per_second": None} | shown | {"pages": found}
