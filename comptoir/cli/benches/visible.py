"""How soon a confirmed pre-registration shows in the assistant (B2, T15): a real server, asked over HTTP."""

import http.client
import json
import os
import socket
import subprocess
import time
from typing import Any

from django.conf import settings

from comptoir.administration.commands import tokens
from comptoir.cli.benches import browser, measure
from comptoir.cli.benches.crowd import Crowd, name_of
from comptoir.cli.processes import comptoir

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
    """The pages in a process of their own, a program that posts to them, and an administrator who looks."""

    def __init__(self, crowd: Crowd) -> None:
        session = browser.signed_in(crowd).cookies[settings.SESSION_COOKIE_NAME].value
        self._looks = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}", "Host": "127.0.0.1:8000"}
        key = tokens.issue_token(name="banc", scopes=["preregistrations:write"], by=crowd.by, at=crowd.at)
        self._posts = {"Authorization": f"Bearer {key}", "Content-Type": "application/json", "Host": "127.0.0.1:8000"}
        self._sessions = crowd.sessions
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port = free.getsockname()[1]
        self._process = subprocess.Popen(comptoir("web", "--port", str(self._port)), env=os.environ)  # noqa: S603  # our own program
        self._line = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        self._until_open()

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
        headers = self._posts | {"Idempotency-Key": f"visible-{number:08}"}
        answer = self._asked("POST", "/banc/api/v1/preregistrations", json.dumps(wanted), headers)
        return str(json.loads(answer)["reference"])

    def wait_for(self, reference: str) -> float | None:
        """Seconds until the assistant shows it, each look a whole page; None when it never does."""
        began = time.perf_counter()
        while time.perf_counter() - began < PATIENCE:
            address = f"/banc/bureau/importation/?text={reference}"
            if f"/demandes/{reference}/".encode() in self._asked("GET", address, None, self._looks):
                return time.perf_counter() - began
        return None

    def close(self) -> None:
        """Nothing of it is left running."""
        self._line.close()
        self._process.terminate()
        self._process.wait(PATIENCE)

    def _asked(self, method: str, address: str, body: str | None, headers: dict[str, str]) -> bytes:
        self._line.request(method, address, body, headers)
        answer = self._line.getresponse()
        content = answer.read()
        if answer.status not in (200, 201):
            raise RuntimeError(f"{address} answers {answer.status}: {content[:200]!r}")
        return content

    def _until_open(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self._port), timeout=1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise RuntimeError("The pages did not open.")
