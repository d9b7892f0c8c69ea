"""The pages and the API served by a process of their own, and lines to ask them by."""

import http.client
import json
import os
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

from comptoir.administration.commands import tokens
from comptoir.cli.benches.crowd import Crowd
from comptoir.cli.processes import comptoir

PATIENCE = 30.0  # seconds
HOST = {"Host": "127.0.0.1:8000"}


class Server:
    """Pages at a free port of this machine, and a token that may ask and book."""

    def __init__(self, crowd: Crowd, *, workers: int = 1, proxies: int = 0) -> None:
        key = tokens.issue_token(name="banc", scopes=["preregistrations:write"], by=crowd.by, at=crowd.at)
        self._posts = HOST | {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        words = comptoir("web", "--port", str(self.port), "--workers", str(workers))
        own = {"COMPTOIR_TRUSTED_PROXIES": str(proxies), "COMPTOIR_LOG_JSON": "true"}  # as the image runs it
        self._process = subprocess.Popen(words, env=os.environ | own)  # noqa: S603  # our own program
        self._until_open()

    def line(self) -> http.client.HTTPConnection:
        """One connection, kept open."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def post(self, line: http.client.HTTPConnection, path: str, body: object, key: str) -> tuple[int, Any]:
        """What the API of the bench's organisation answers: status and content."""
        line.request("POST", f"/banc/api/v1/{path}", json.dumps(body), self._posts | {"Idempotency-Key": key})
        answer = line.getresponse()
        return answer.status, json.loads(answer.read())

    def memory_mib(self) -> float:
        """The most that one of its workers held in memory until now, in MiB."""
        peaks = [_peak(pid) for pid in _children(self._process.pid)]
        return round(max(peaks, default=0) / 1024, 1)

    def close(self) -> None:
        """Nothing of it is left running."""
        self._process.terminate()
        self._process.wait(PATIENCE)

    def _until_open(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise RuntimeError("The pages did not open.")


def _children(pid: int) -> list[int]:
    said = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(one) for one in said.split()]


def _peak(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) if "VmHWM:" in status else 0
