"""T02: `kill -9` of web workers under posts; who got no answer sends the same key again, and is one request."""

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests import database
from tests.faults import program, size

pytestmark = pytest.mark.fault
POSTS, KILLS = size.of(120, 4_000), size.of(5, 100)
PATIENCE = 60


@pytest.fixture
def deployment(tmp_path):
    """The settings of a deployment on this run's kind of database, made and removed."""
    url, name = "", ""
    if server := os.environ.get(database.GIVEN_URL, ""):
        import psycopg

        name = f"comptoir_faults_{os.getpid()}"
        with psycopg.connect(server, autocommit=True) as line:
            line.execute(f"drop database if exists {name} with (force)")
            line.execute(f"create database {name}")
        url = str(urlunsplit(urlsplit(server)._replace(path=f"/{name}")))
    yield program.environment(tmp_path, url)
    if name:
        with psycopg.connect(server, autocommit=True) as line:
            line.execute(f"drop database if exists {name} with (force)")


def told(environment, word):
    """What the product says of itself."""
    command = [sys.executable, "-m", "tests.faults.program", word]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


class Served:
    """Pages in workers of their own, which somebody kills."""

    def __init__(self, environment, command=("comptoir", "web")):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.command = [sys.executable, "-m", *command, "--port", str(self.port), "--workers", "2"]
        self.environment = environment
        self.process = self.start()
        self.kills = 0
        self.answered = False
        self.over = threading.Event()

    def start(self):
        silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen(self.command, env=self.environment, start_new_session=True, **silent)

    def workers(self):
        """The processes that answer."""
        found = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True).stdout.split()
        return [int(pid) for pid in found]

    def kill_some(self, most):
        """One of them at random, once somebody was answered since the last kill. The server gives up after two in a
        row: it is started again, as `comptoir serve` and a service manager do."""
        while not self.over.wait(random.uniform(0.05, 0.5)):
            if self.process.poll() is not None:
                self.process = self.start()
            elif self.kills < most and self.answered and (workers := self.workers()):
                self.answered = False
                self.kill_one(workers)

    def kill_one(self, workers):
        os.kill(random.choice(workers), signal.SIGKILL)
        self.kills += 1

    def close(self):
        """Nothing of it is left: the workers too, whoever their parent is by now."""
        self.over.set()
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)


def posted(served, made, number):
    """Send one request until an answer says it is confirmed; its reference, and how many times it took."""
    wanted = {
        "client": {"legal_name": f"Maison {number}", "city": "Nantes"},
        "contact": {"first_name": "Claire", "last_name": "Lefèvre", "email": f"claire{number}@maison.test"},
        "participants": [{"session": made["sessions"][number % 10], "first_name": "Hugo", "last_name": "Marchand"}],
        "terms_version": 1,
    }
    headers = {
        "Authorization": f"Bearer {made['key']}", "Content-Type": "application/json",
        "Idempotency-Key": f"faults-{number:06}", "Host": "127.0.0.1:8000",
    }  # fmt: skip
    deadline, tries = time.monotonic() + PATIENCE, 0
    while time.monotonic() < deadline:
        tries += 1
        try:
            line = http.client.HTTPConnection("127.0.0.1", served.port, timeout=20)
            line.request("POST", "/banc/api/v1/preregistrations", json.dumps(wanted), headers)
            answer = line.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
            continue
        finally:
            line.close()
        if answer.status in (200, 201):
            served.answered = True
            return json.loads(content)["reference"], tries
        assert answer.status in (500, 502, 503), f"{answer.status}: {content[:300]}"
        time.sleep(0.05)
    raise AssertionError(f"request {number} was never confirmed")


def test_a_killed_worker_loses_and_doubles_nothing(deployment):
    made = told(deployment, "make")
    served = Served(deployment)
    try:
        killer = threading.Thread(target=served.kill_some, args=(KILLS,))
        posted(served, made, 0)
        killer.start()
        with ThreadPoolExecutor(4) as people:
            answers = list(people.map(lambda number: posted(served, made, number), range(1, POSTS)))
        served.over.set()
        killer.join()
    finally:
        served.close()
    found = told(deployment, "verdict")
    again = sum(tries > 1 for _reference, tries in answers)
    print(f"T02: {POSTS} posts, {served.kills} kills, {again} sent again")
    assert served.kills
    assert {reference for reference, _tries in answers} <= set(found["references"])
    assert len(found["references"]) == len(set(found["references"])) == POSTS
    assert found["states"] == {"pending": POSTS}
    assert [found[name] for name in ("missing", "foreign", "unreadable")] == [[], [], []]
    assert set(found["mails"].values()) == {POSTS}


def test_a_server_that_forgets_the_key_is_seen(deployment):
    """Sabotage: the same key again makes a second request."""
    made = told(deployment, "make")
    served = Served(deployment, ("granian", "--interface", "wsgi", "--no-ws", "tests.faults.forgetful:application"))
    try:
        for _time in range(2):
            posted(served, made, 0)
    finally:
        served.close()
    assert len(told(deployment, "verdict")["references"]) == 2
