"""Whose turn it is to write: a fair queue inside the process, because SQLite itself lets the luckiest poller win."""

import os
import threading
import time
from collections import deque
from collections.abc import Callable
from random import uniform

SHORT_WAIT, LONG_WAIT = (0.0005, 0.004), (0.002, 0.012)  # seconds
PATIENT_AFTER = 50  # short waits, then longer ones


class Turns:
    """First come, first served, for the threads that write to one database file."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._taken = False

    def take(self, timeout: float) -> bool:
        """Wait for our turn. False after `timeout` seconds: SQLite's own lock then has the last word."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            gate = threading.Lock()
            gate.acquire()
            self._waiting.append(gate)
        if gate.acquire(timeout=timeout):
            return True
        with self._guard:
            if gate in self._waiting:
                self._waiting.remove(gate)
                return False
        return True  # it was handed to us at the very moment we gave up

    def pass_on(self) -> None:
        """Give the turn to whoever has waited longest."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


_turns: dict[str, Turns] = {}


def at(database: str) -> Turns:
    """The queue of this database file, shared by all its connections in this process."""
    return _turns.setdefault(os.path.realpath(database), Turns())


# A forked child has none of its parent's threads: their turns are not its own.
os.register_at_fork(after_in_child=_turns.clear)


def patience(seconds: float) -> Callable[[int], bool]:
    """A busy handler that asks again soon and at random: SQLite's own backs off to 100 ms, and starves for seconds."""
    started = 0.0

    def ask_again(times: int) -> bool:
        nonlocal started
        if times == 0:
            started = time.monotonic()
        if time.monotonic() - started > seconds:
            return False
        time.sleep(uniform(*(SHORT_WAIT if times < PATIENT_AFTER else LONG_WAIT)))  # noqa: S311  # no secret here
        return True

    return ask_again
