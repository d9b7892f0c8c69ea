"""Pages that people look at all day, with a full house: the counter's, and the assistant's first page."""

from typing import Any

from comptoir.cli.benches import browser, measure
from comptoir.cli.benches.crowd import Crowd

SIZE = 5_000  # published sessions; twice as many requests wait
PAGES = {
    "catalogue": "/banc/",
    "catalogue_search": "/banc/?q=secouriste&lieu=Nantes",
    "activity": "/banc/formations/sauveteur-secouriste-du-travail/",
    "assistant": "/banc/bureau/importation/",
    "assistant_search": "/banc/bureau/importation/?text=lefevre",
    "sessions": "/banc/bureau/sessions/",
}


def run(size: int) -> dict[str, Any]:
    """Server time of each page; the figure of the whole is the slowest page's."""
    crowd = Crowd.make(sessions=size, clients=1000, courses=max(1, size // 100))
    crowd.ask(2 * size)
    visitor = browser.signed_in(crowd)
    with measure.clock() as took:
        pages = {name: browser.page(visitor, address) for name, address in PAGES.items()}
    slowest = max(pages.values(), key=lambda one: float(one["p95_ms"]))
    shown = {name: slowest[name] for name in ("p50_ms", "p95_ms", "p99_ms", "ratio")}
    return measure.answer(size=size, seconds=took.seconds) | {"per_second": None} | shown | {"pages": pages}
