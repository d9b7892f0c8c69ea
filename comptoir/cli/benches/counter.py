"""The public counter over real HTTP: one page for many, then whole journeys to the confirmation (A1–A4)."""

import http.client
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.db import connection

from comptoir.catalogue import queries as catalogue
from comptoir.catalogue.commands.rules import set_rules
from comptoir.catalogue.rules import Rules
from comptoir.cli.benches import booking, measure
from comptoir.cli.benches.crowd import Crowd
from comptoir.cli.benches.server import HOST, Server

SIZE = 400  # journeys
HANDS = 16
ASKS = 4_000  # times the page is asked by many
ALONE = 300  # times by one
A_PERSON_READS = 2.2  # seconds: the counter takes nobody who answers a page at once for a person
PAGE = "/banc/formations/sauveteur-secouriste-du-travail/"
_INPUT = re.compile(r"<(?:input|textarea|select)\b[^>]*>")
_PART = re.compile(r'\b(name|value|type)="([^"]*)"')
_PERSON = {"first_name": "Hugo", "last_name": "Marchand"}
_CLIENT = {
    "kind": "firm", "legal_name": "Ateliers du Lac", "first_name": "Claire", "last_name": "Lefèvre",
    "email": "claire@maison.exemple", "phone": "0240000000", "city": "Nantes",
}  # fmt: skip


def run(size: int) -> dict[str, Any]:
    """Journeys a second, of eleven requests each; the page's requests a second by 16 clients.

    The percentiles are of the page asked alone.

    `worker_mib`: the most memory that one web worker held; `cold_ms`: from starting the server to its first page.
    """
    crowd = Crowd.make(sessions=2, clients=1, capacity=size * 4)
    (activity,) = catalogue.activities(seen_by=crowd.by)
    set_rules(activity_id=activity.pk, rules=Rules(is_direct=True, takes_transfer=True), by=crowd.by, at=crowd.at)
    began = time.perf_counter()
    server = Server(crowd, workers=2, proxies=1)
    try:
        Visitor(server, 0).get(PAGE)
        cold = time.perf_counter() - began
        for number in range(20):
            Visitor(server, number).get(PAGE)
        alone = _alone(server)
        many = _many(server)
        _journeys(server, 4 * HANDS, first=size)  # every thread has its connection
        seconds = _journeys(server, size, first=0)
        memory = server.memory_mib()
    finally:
        server.close()
    booked = _booked()  # before plain SQL adds its own rows
    found = measure.answer(size=size, seconds=seconds, raw_per_second=booking.raw(size))
    pages = measure.percentiles(alone) | {"page_per_second": round(ASKS / many, 1)}
    return found | pages | {"booked": booked, "worker_mib": memory, "cold_ms": round(cold * 1000)}


@dataclass
class Visitor:
    """A browser: its line, its cookies, an address of its own, the last page it was shown."""

    server: Server
    number: int
    cookies: dict[str, str] = field(default_factory=dict)
    page: str = ""
    line: http.client.HTTPConnection | None = None

    def get(self, path: str) -> None:
        """The page, wherever it leads."""
        self._ask("GET", path, None)

    def send(self, path: str, typed: dict[str, str]) -> None:
        """The form of the page shown, with what is typed in it, then the page it leads to."""
        self._ask("POST", path, urlencode([*self._kept(typed), *typed.items()]))

    def _kept(self, typed: dict[str, str]) -> Iterator[tuple[str, str]]:
        """What the page's own fields hold: its token, its stamp, what was chosen before."""
        for tag in _INPUT.findall(self.page):
            part = dict(_PART.findall(tag))
            if part.get("type") == "hidden" and part.get("name") not in typed and "name" in part:
                yield part["name"], unescape(part.get("value", ""))

    def _ask(self, method: str, path: str, body: str | None) -> None:
        self.line = self.line or self.server.line()
        headers = HOST | {
            "X-Forwarded-For": f"10.{self.number >> 16 & 255}.{self.number >> 8 & 255}.{self.number & 255}"
        }
        headers |= (
            {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}
        )
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        self.line.request(method, path, body, headers)
        answer = self.line.getresponse()
        said = answer.read()
        for header in answer.headers.get_all("Set-Cookie") or []:
            name, _sign, value = header.partition(";")[0].partition("=")
            self.cookies[name] = value
        if answer.status in (302, 303):
            self._ask("GET", urlsplit(answer.headers["Location"]).path, None)
        elif answer.status == 200:
            self.page = said.decode()
        else:
            raise RuntimeError(f"{method} {path} answers {answer.status}")


def _put_in(one: Visitor) -> None:
    one.get(PAGE)
    found = re.search(r'name="session" value="(\d+)"', one.page)
    assert found is not None  # noqa: S101  # the crowd's own page
    one.send("/banc/panier/ajouter/", {"session": found[1], "quantity": "1"})
    one.get("/banc/panier/coordonnees/")


def _tell_who(one: Visitor) -> None:
    one.send("/banc/panier/coordonnees/", _CLIENT)


def _name_people(one: Visitor) -> None:
    names = [part["name"] for tag in _INPUT.findall(one.page) if "name" in (part := dict(_PART.findall(tag)))]
    typed = {name: value for name in names for end, value in _PERSON.items() if name.endswith(end)}
    one.send("/banc/panier/participants/", typed)


def _confirm(one: Visitor) -> None:
    one.send("/banc/panier/validation/", {"method": "transfer", "accepted": "on"})


STEPS: tuple[Callable[[Visitor], None], ...] = (_put_in, _tell_who, _name_people, _confirm)


def _journeys(server: Server, count: int, *, first: int) -> float:
    """Seconds at work: the time people take to read is left out."""
    visitors = [Visitor(server, first + number) for number in range(count)]
    seconds = 0.0
    for step in STEPS:
        seconds += _together(visitors, step)
        time.sleep(A_PERSON_READS)
    return seconds


def _together(visitors: list[Visitor], act: Callable[[Visitor], None]) -> float:
    waiting, lock = iter(visitors), threading.Lock()
    wrong: list[Exception] = []

    def hand() -> None:
        line = None
        while not wrong:
            with lock:
                one = next(waiting, None)
            if one is None:
                return
            one.line = line
            try:
                act(one)
            except (RuntimeError, OSError, http.client.HTTPException) as error:
                wrong.append(error)
            line, one.line = one.line, None

    threads = [threading.Thread(target=hand) for _hand in range(HANDS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise wrong[0]
    return time.perf_counter() - began


def _alone(server: Server) -> list[float]:
    one, took = Visitor(server, 1), []
    for _time in range(ALONE):
        began = time.perf_counter()
        one.get(PAGE)
        took.append(time.perf_counter() - began)
    return took


def _many(server: Server) -> float:
    def ask(one: Visitor) -> None:
        for _time in range(ASKS // HANDS):
            one.get(PAGE)

    return _together([Visitor(server, number) for number in range(HANDS)], ask)


def _booked() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM bookings_registration WHERE state = 'pending'")
        return int(cursor.fetchone()[0])
