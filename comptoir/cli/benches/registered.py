"""Bookings by the hundred thousand, made by the product's own command, on sessions without a limit."""

from itertools import batched

from django.db import transaction
from django.utils import timezone

from comptoir.bookings.commands.registering import NewBooking, Person, register_many
from comptoir.bookings.seats import Allotment
from comptoir.bookings.states import RegistrationState
from comptoir.catalogue import queries as catalogue
from comptoir.cli.benches import measure
from comptoir.cli.benches.crowd import Crowd
from comptoir.freshness.commands import prune

FIRST = ("Élodie", "Hugo", "Anne", "Karim", "Solène", "Théo", "Manon", "Loïc", "Nadia", "Gaël")
LAST = ("Le Bihan", "Marchand", "Vial", "Haddad", "Jouan", "Bazin", "Chevalier", "Rousselot", "Messaoudi", "Prigent")


def register(crowd: Crowd, people: int) -> None:
    """So many people, two to a booking; one booking in four awaits validation."""
    sessions = list(catalogue.sessions(seen_by=crowd.by).order_by("pk").values_list("pk", flat=True))
    for numbers in batched(range(people // 2), 1000):
        wanted: dict[RegistrationState, list[NewBooking]] = {}
        for number in numbers:
            state = RegistrationState.VALIDATED if number % 4 else RegistrationState.PENDING
            wanted.setdefault(state, []).append(_booking(number, sessions[number % len(sessions)]))
        with transaction.atomic():
            seats = Allotment.of([one.people[0].session_id for some in wanted.values() for one in some], locked=True)
            for state, some in wanted.items():
                register_many(some, seated=seats, by=crowd.by, at=crowd.at, state=state)
        prune(at=timezone.now())  # as the product does by itself every ten seconds
    measure.settle()


def _booking(number: int, session_id: int) -> NewBooking:
    people = [_person(2 * number + more, session_id) for more in range(2)]
    name = f"{people[0].first_name} {people[0].last_name}"
    return NewBooking(f"B-{number:08}", None, name, f"contact{number}@maison.exemple", "+33240556677", people, None)


def _person(number: int, session_id: int) -> Person:
    first, last = FIRST[number % 10], f"{LAST[number // 10 % 10]} {number // 100}"
    return Person(session_id, None, first, last, f"personne{number}@exemple.fr", 25_000 if number % 3 else 0, 2000)
