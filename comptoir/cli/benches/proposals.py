"""Dates to confirm: proposals to a thousand clients at once, and the list of sessions with where each one stands."""

from datetime import time, timedelta
from itertools import batched
from typing import Any

from django.db import transaction

from comptoir.bookings.commands.registering import NewBooking, Person, register_many
from comptoir.bookings.seats import Allotment
from comptoir.bookings.states import RegistrationState
from comptoir.catalogue.commands import sessions, slots
from comptoir.catalogue.details import SessionDetails
from comptoir.catalogue.hours import SlotTimes
from comptoir.catalogue.queries import activities
from comptoir.catalogue.queries import sessions as sessions_of
from comptoir.cli.benches import browser, measure
from comptoir.cli.benches.crowd import Crowd
from comptoir.clients.queries import clients as clients_of
from comptoir.freshness import kept
from comptoir.proposals.commands import clients as commands
from comptoir.proposals.commands.drafting import Written, begin_proposal
from comptoir.proposals.commands.sending import send_proposal

SIZE = 10_000  # sessions: half open, half in-house; one in-house in four was proposed
CLIENTS = 1_000  # written to at once
PAGES = {
    "sessions": "/banc/bureau/sessions/",
    "pending": "/banc/bureau/sessions/?confirmation=pending",
    "overdue": "/banc/bureau/sessions/?confirmation=overdue",
    "followed_up": "/banc/bureau/propositions/?voir=waiting",
}
BODY = "{horaires}\n\nLieu : {lieu}\n\nAvant le {echeance}.\n\n{bouton}"


def run(size: int) -> dict[str, Any]:
    """The figure of the whole is the slowest page's; `queued_seconds`: a thousand proposals, from draft to queue."""
    crowd = Crowd.make(sessions=size // 2, clients=min(CLIENTS, size), courses=max(1, size // 200))
    ids = list(clients_of(seen_by=crowd.by).order_by("pk").values_list("pk", flat=True))
    _register(crowd, ids)
    _in_house(crowd, size // 2, ids)
    big = _planned(crowd, ids)
    with measure.clock() as queued:
        _propose(crowd, big)
    measure.settle()
    person = browser.signed_in(crowd)
    with measure.clock() as took:
        pages = {name: browser.page(person, address) for name, address in PAGES.items()}
        for name in ("sessions", "pending"):  # as for whoever looks first after something has changed
            pages[f"{name}_changed"] = browser.page(person, PAGES[name], before=kept.forget_all)
    slowest = max(pages.values(), key=lambda one: float(one["p95_ms"]))
    shown = {name: slowest[name] for name in ("p50_ms", "p95_ms", "p99_ms", "ratio")}
    more = {"pages": pages, "clients": len(ids), "queued_seconds": round(queued.seconds, 3)}
    return measure.answer(size=size, seconds=took.seconds) | {"per_second": None} | shown | more


def _register(crowd: Crowd, ids: list[int]) -> None:
    """A client has a seat in each open session."""
    rows = list(sessions_of(seen_by=crowd.by).order_by("pk").values_list("pk", flat=True))
    for some in batched(enumerate(rows), 1000):
        made = [
            NewBooking(
                f"B-{number:08}", ids[number % len(ids)], "Claire Lefèvre", f"c{number}@maison.exemple", "",
                [Person(pk, None, "Claire", "Lefèvre", "", 0, 2000)], None,
            )
            for number, pk in some
        ]  # fmt: skip
        with transaction.atomic():
            seats = Allotment.of([one.people[0].session_id for one in made], locked=True)
            register_many(made, seated=seats, by=crowd.by, at=crowd.at, state=RegistrationState.VALIDATED)


def _in_house(crowd: Crowd, count: int, ids: list[int]) -> None:
    for numbers in batched(range(count), 500):
        with transaction.atomic():
            for number in numbers:
                pk = _planned(crowd, [ids[number % len(ids)]], days=30 + number % 300)
                if number % 4 == 0:
                    _propose(crowd, pk)


def _planned(crowd: Crowd, ids: list[int], *, days: int = 60) -> int:
    day = crowd.at.date() + timedelta(days=days)
    activity = activities(seen_by=crowd.by).values_list("pk", flat=True)[0]
    details = SessionDetails(starts_on=day, kind="intra", city="Nantes")
    pk = sessions.create_session(activity_id=activity, details=details, by=crowd.by, at=crowd.at)
    times = [SlotTimes(day, time(9), time(12, 30)), SlotTimes(day, time(13, 30), time(17))]
    slots.set_slots(session_id=pk, slots=times, by=crowd.by, at=crowd.at)
    with transaction.atomic():
        for client_id in ids:
            commands.add_client(session_id=pk, client_id=client_id, by=crowd.by, at=crowd.at)
    return pk


def _propose(crowd: Crowd, session_id: int) -> None:
    pk = begin_proposal(session_id=session_id, by=crowd.by, at=crowd.at)
    deadline = ((crowd.at + timedelta(days=7)).date(), time(18))
    written = Written("Vos dates : {session}", BODY, deadline)
    send_proposal(sending_id=pk, written=written, by=crowd.by, at=crowd.at)
