"""The worker: a thread a round, so that a slow one delays no other; it outlives every error and stops cleanly."""

import signal
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Any

import structlog
from django.conf import settings
from django.db import connections
from django.utils import timezone

from comptoir.base import heartbeat
from comptoir.jobs.rounds import ROUNDS, Round

log = structlog.get_logger(__name__)
LONGEST_PAUSE = 60.0  # seconds between two tries of a round that keeps failing
LEAVE_TO_FINISH = 90.0  # seconds a round has to finish once asked to stop


@dataclass
class State:
    """What the heartbeat says of one round."""

    running_since: datetime | None = None
    ran_at: datetime | None = None
    failing_since: datetime | None = None
    failures: int = 0
    done: int = 0

    def shown(self) -> dict[str, Any]:
        """For the heartbeat's file."""
        moments = {"running_since": self.running_since, "ran_at": self.ran_at, "failing_since": self.failing_since}
        counts = {"failures": self.failures, "done": self.done}
        return counts | {name: moment.isoformat() if moment else None for name, moment in moments.items()}


def main() -> None:
    """Run the rounds until the process is asked to stop (SIGTERM, SIGINT)."""
    stop = threading.Event()

    def ask_to_stop(number: int, _frame: FrameType | None) -> None:
        log.info("rounds.stopping", signal=signal.Signals(number).name)
        stop.set()

    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    run(stop)


def run(stop: threading.Event, rounds: Mapping[str, Round] = ROUNDS) -> None:
    """Run the rounds until `stop` is set; what is under way is finished first. May run in a thread of any process."""
    states = {name: State() for name in rounds}
    threads: dict[str, threading.Thread] = {}
    path = heartbeat.own_file(settings.DATA_DIR)
    log.info("rounds.started", rounds=sorted(rounds))
    while not stop.is_set():
        for name, one in rounds.items():
            if name not in threads or not threads[name].is_alive():
                threads[name] = threading.Thread(target=_keep_on, args=(name, one, states[name], stop), name=name)
                threads[name].start()
        _beat(path, states)
        stop.wait(heartbeat.BEAT.total_seconds())
    for thread in threads.values():
        thread.join(LEAVE_TO_FINISH)
    with suppress(OSError):
        path.unlink(missing_ok=True)
    log.info("rounds.stopped")


def run_once(rounds: Mapping[str, Round] = ROUNDS) -> bool:
    """Each round has run until it found nothing more to do, one after the other; False when one of them failed."""
    failed = []
    for name, one in rounds.items():
        state = State()
        while once(name, one, state) == 0.0:
            pass
        if state.failures:
            failed.append(name)
    return not failed


def _beat(path: Path, states: dict[str, State]) -> None:
    """Say that we live. A full disk makes us look dead, which is true enough, and must not make it so."""
    try:
        heartbeat.beat(path, {name: state.shown() for name, state in states.items()}, at=timezone.now())
        heartbeat.sweep(settings.DATA_DIR, at=timezone.now())
    except OSError:
        log.exception("rounds.no_heartbeat")


def once(name: str, one: Round, state: State) -> float:
    """Run one round once; answers how many seconds to wait. Never raises."""
    state.running_since = at = timezone.now()
    try:
        outcome = one.run(at=at, limit=one.limit)
    except Exception:  # whatever went wrong, the next time may be better, and the other rounds go on
        state.failures += 1
        state.failing_since = state.failing_since or at
        log.exception("round.failed", round=name, failures=state.failures)
        connections.close_all()  # the database may be what broke
        return min(LONGEST_PAUSE, max(one.every.total_seconds(), float(2 ** min(state.failures, 10))))
    finally:
        state.running_since = None
    state.failures, state.failing_since, state.ran_at = 0, None, at
    state.done += len(outcome.done)
    if outcome.done:
        log.info("round.done", round=name, done=len(outcome.done), skipped=len(outcome.skipped))
    return 0.0 if outcome.done else one.every.total_seconds()


def _keep_on(name: str, one: Round, state: State, stop: threading.Event) -> None:
    try:
        while not stop.wait(once(name, one, state)):
            pass
    finally:
        connections.close_all()
