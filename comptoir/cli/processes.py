"""Several processes as one: started together, one that dies is started again, all stopped together."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from types import FrameType

LONGEST_PAUSE = 30.0  # seconds before a process that keeps dying is tried again
GRACE = 10.0  # seconds a process has to end by itself


class Company:
    """Child processes of one command line. `run` returns when a signal asks, or when `until` is set."""

    def __init__(self, commands: Mapping[str, Sequence[str]]) -> None:
        self._commands = commands
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._pauses = dict.fromkeys(commands, 0.5)
        self._due = dict.fromkeys(commands, 0.0)
        self.stopping = threading.Event()

    def run(self) -> int:
        """Keep every process alive until asked to stop; then stop them all. Answers 0."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        try:
            while not self.stopping.wait(0.2):
                self._tend(time.monotonic())
        finally:
            self._end()
        return 0

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping.set()

    def _tend(self, now: float) -> None:
        for name, command in self._commands.items():
            child = self._children.get(name)
            if child and child.poll() is None:
                continue
            if child:
                self._note_death(name, child.returncode, now)
            if now >= self._due[name]:
                self._children[name] = subprocess.Popen(command)  # noqa: S603  # our own program

    def _note_death(self, name: str, code: int, now: float) -> None:
        if self._due[name] > now:
            return
        print(f"comptoir : « {name} » s’est arrêté (code {code}), il repart.", file=sys.stderr)
        self._due[name] = now + self._pauses[name]
        self._pauses[name] = min(self._pauses[name] * 2, LONGEST_PAUSE)
        del self._children[name]

    def _end(self) -> None:
        for child in self._children.values():
            child.terminate()
        deadline = time.monotonic() + GRACE
        for child in self._children.values():
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()


def comptoir(*words: str) -> list[str]:
    """The command line of another `comptoir` of the same installation."""
    return [sys.executable, "-m", "comptoir", *words]
