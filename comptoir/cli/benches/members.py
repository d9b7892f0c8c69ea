"""Finding a member among many, by parts of names; and the accounts to validate, the dues missing, a page at a time."""

from datetime import date
from itertools import batched
from typing import Any

from comptoir.cli.benches import browser, measure
from comptoir.cli.benches.crowd import Crowd
from comptoir.members import seeding

SIZE = 200_000
SEARCHES = {
    "whole_names": "Dupont Jean",
    "accents_aside": "lefevre elodie",
    "part_of_a_name": "ervad",
    "two_letters": "du",
    "two_parts": "mart juli",
    "nobody": "zyxwv",
    "everybody": "",
}


def run(size: int) -> dict[str, Any]:
    """Server time of each page; the figure of the whole is the slowest search's."""
    crowd = Crowd.make(sessions=1, clients=1)
    for numbers in batched(range(size), 2_000):
        seeding.seed(numbers, by=crowd.by, at=crowd.at, on=date(crowd.at.year, 1, 15))
    measure.settle()
    visitor = browser.signed_in(crowd)
    with measure.clock() as took:
        pages = {
            name: browser.page(visitor, f"/banc/bureau/adherents/?q={text.replace(' ', '+')}")
            for name, text in SEARCHES.items()
        }
        validation = browser.page(visitor, "/banc/bureau/adherents/validation/?etat=pending")
        renewals = browser.page(visitor, f"/banc/bureau/adherents/renouvellement/?annee={crowd.at.year}")
    slowest = max(pages.values(), key=lambda one: float(one["p95_ms"]))
    shown = {name: slowest[name] for name in ("p50_ms", "p95_ms", "p99_ms", "ratio")}
    return (
        measure.answer(size=size, seconds=took.seconds)
        | {"per_second": None}
        | shown
        | {"pages": pages | {"validation": validation, "renewals": renewals}}
    )
