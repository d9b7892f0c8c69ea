"""How soon a confirmed pre-registration shows in the assistant (B2, T15): a real server, asked over HTTP."""

import time
from typing import Any

from django.conf import settings

from comptoir.cli.benches import browser, measure
from comptoir.cli.benches.crowd import Crowd, name_of
from comptoir.cli.benches.server import HOST, Server

SIZE = 1_000
WAITING_BEFORE = 2_000  # requests that wait already: the assistant is not empty on a bad Monday
PATIENCE = 10.0  # seconds


def run(size: int) -> dict[str, Any]:
    """From the answer that confirms to the first page of the assistant that shows the request, found by its reference.

    `confirm`: what the confirmation itself took, file and journal included. `missed`: those never seen.
    """
    crowd = Crowd.make(sessions=50, clients=200)
    crowd.ask(WAITING_BEFORE)
    desk = Desk(crowd)
    try:
        confirmed, seen = [], []
        with measure.clock() as took:
            for number in range(size):
                began = time.perf_counter()
                reference = desk.ask(number)
                confirmed.append(time.perf_counter() - began)
                seen.append(desk.wait_for(reference))
    finally:
        desk.close()
    shown = [one for one in seen if one is not None]
    found = measure.answer(size=size, seconds=took.seconds) | measure.percentiles(shown)
    return found | {"confirm": measure.percentiles(confirmed), "missed": len(seen) - len(shown)}


class Desk:
    """A program that posts to the pages, and an administrator who looks at them."""

    def __init__(self, crowd: Crowd) -> None:
        session = browser.signed_in(crowd).cookies[settings.SESSION_COOKIE_NAME].value
        self._looks = HOST | {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"}
        self._sessions = crowd.sessions
        self._server = Server(crowd)
        self._line = self._server.line()

    def ask(self, number: int) -> str:
        """One pre-registration, confirmed; its reference."""
        wanted = {
            "client": {"legal_name": name_of(number), "city": "Nantes"},
            "contact": {"first_name": "Claire", "last_name": "Lefèvre", "email": f"claire{number}@maison.exemple"},
            "participants": [
                {"session": self._sessions[number % len(self._sessions)], "first_name": "Hugo", "last_name": "Marchand"}
            ],
            "terms_version": 1,
        }
        status, answer = self._server.post(self._line, "preregistrations", wanted, f"visible-{number:08}")
        if status not in (200, 201):
            raise RuntimeError(f"A pre-registration is answered {status}: {answer}")
        return str(answer["reference"])

    def wait_for(self, reference: str) -> float | None:
        """Seconds until the assistant shows it, each look a whole page; None when it never does."""
        began = time.perf_counter()
        while time.perf_counter() - began < PATIENCE:
            self._line.request("GET", f"/banc/bureau/importation/?text={reference}", None, self._looks)
            if f"/demandes/{reference}/".encode() in self._line.getresponse().read():
                return time.perf_counter() - began
        return None

    def close(self) -> None:
        """Nothing of it is left running."""
        self._line.close()
        self._server.close()
