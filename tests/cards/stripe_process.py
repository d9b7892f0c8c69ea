"""The Stripe of the tests as a process: started, asked how it behaves, stopped."""

import json
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager


class StripeProcess:
    """Its address, and the door by which a test says how it behaves."""

    def __init__(self, port):
        self.url = f"http://127.0.0.1:{port}"

    def say(self, **how):
        """It behaves so from now on; what it heard from us."""
        return self._test(json.dumps(how).encode())

    def heard(self):
        """The statuses our endpoint answered with."""
        return self._test()["heard"]

    def sessions(self):
        """How many pages it ever opened."""
        return self._test()["sessions"]

    def press_pay(self, page):
        """A person pays on its page; where they are sent."""
        opener = urllib.request.build_opener(_Stay)
        return opener.open(urllib.request.Request(page, b"what=pay"), timeout=20).headers["Location"]

    def _test(self, body=None):
        with urllib.request.urlopen(f"{self.url}/test", body, timeout=5) as answer:
            return json.load(answer)


class _Stay(urllib.request.HTTPRedirectHandler):
    def http_error_303(self, _request, answer, *_said):
        return answer


@contextmanager
def stripe_process():
    """One of its own, answering."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "tests.cards.stripe_server", str(port)])
    server = StripeProcess(port)
    try:
        for _try in range(100):
            try:
                server.heard()
                break
            except OSError:
                time.sleep(0.05)
        yield server
    finally:
        process.kill()
        process.wait()
