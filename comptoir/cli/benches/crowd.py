"""An invented organisation with many sessions, clients and waiting requests, with real files in its spool."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import batched

from django.db import transaction
from django.utils import timezone

from comptoir.administration.commands import organisations
from comptoir.catalogue.commands import activities, publication, sessions
from comptoir.catalogue.details import ActivityDetails, SessionDetails
from comptoir.clients.commands import clients
from comptoir.organisations.actors import Actor, operator, system
from comptoir.preregistrations.commands import seeding

CITIES = ("Nantes", "Rennes", "Angers", "Brest", "Vannes", "Saumur", "Laval", "Quimper")
WORDS = ("Ateliers", "Menuiserie", "Conserverie", "Transports", "Cabinet", "Clinique", "Fonderie", "Imprimerie")


@dataclass
class Crowd:
    """The organisation of a bench."""

    by: Actor
    at: datetime
    sessions: list[str]
    clients: int
    asked: int = 0

    @classmethod
    def make(cls, *, sessions: int, clients: int, courses: int = 1, capacity: int | None = 30) -> "Crowd":
        """The organisation with its sessions on sale, dealt to so many courses, and its clients."""
        at = timezone.now()
        made = organisations.create_organisation(slug="banc", name="Banc d’essai", by=operator(), at=at)
        crowd = cls(system(made), at, [], clients)
        with transaction.atomic():
            crowd._offer(sessions, courses, capacity)
            for number in range(clients):
                crowd._know(number)
        return crowd

    def _offer(self, count: int, courses: int, capacity: int | None) -> None:
        ids = [self._publish(number) for number in range(courses)]
        for number in range(count):
            day = self.at.date() + timedelta(days=20 + number % 300)
            one = SessionDetails(
                starts_on=day, city=CITIES[number % len(CITIES)], capacity=capacity, price_cents=39_000
            )
            pk = sessions.create_session(activity_id=ids[number % courses], details=one, by=self.by, at=self.at)
            publication.move_session(session_id=pk, to="open", by=self.by, at=self.at)
            publication.publish_session(session_id=pk, by=self.by, at=self.at)
            self.sessions.append(f"S-{number + 1:05}")

    def _publish(self, number: int) -> int:
        title = "Sauveteur secouriste du travail" + (f", niveau {number}" if number else "")
        pk = activities.create_activity(details=ActivityDetails(title=title), by=self.by, at=self.at)
        activities.publish_activity(activity_id=pk, by=self.by, at=self.at)
        return pk

    def _know(self, number: int) -> None:
        clients.create_client(
            legal_name=name_of(number), email=f"contact@maison-{number}.exemple", city=CITIES[number % len(CITIES)],
            by=self.by, at=self.at,
        )  # fmt: skip

    def ask(self, count: int) -> None:
        """So many requests wait in the assistant, each with its file; two in three are from known clients."""
        for numbers in batched(range(self.asked, self.asked + count), 500):
            seeding.seed(
                [self._request(number) for number in numbers], organisation_id=self.by.organisation_id, at=self.at
            )
        self.asked += count

    def _request(self, number: int) -> seeding.Seed:
        known = number % 3 != 0
        who = number % self.clients if known else self.clients + number
        email = f"contact@maison-{who}.exemple" if known else f"demande-{number}@inconnu.exemple"
        return seeding.Seed(
            legal_name=name_of(who), email=email, city=CITIES[who % len(CITIES)],
            session=self.sessions[number % len(self.sessions)], people=1 + number % 2,
        )  # fmt: skip


def name_of(number: int) -> str:
    """The legal name of an invented firm, one of a kind."""
    return f"{WORDS[number % len(WORDS)]} {CITIES[number // 8 % len(CITIES)]} {number}"
