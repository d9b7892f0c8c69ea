"""The pulse of the background rounds: a small file a worker rewrites, which /health reads without asking it."""

import json
import os
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

BEAT = timedelta(seconds=5)  # how often a living worker writes
SILENCE = timedelta(seconds=30)  # from then on it is taken for dead
FORGOTTEN = timedelta(days=1)
STUCK_FOR = timedelta(minutes=10)  # a round that runs, or fails, for longer is ill


@dataclass(frozen=True)
class Pulse:
    """What the workers of this deployment say of themselves; nothing personal."""

    is_alive: bool
    beat_at: datetime | None
    ill_rounds: tuple[str, ...]


def folder(data_dir: Path) -> Path:
    """Where the workers that share this data folder write."""
    return data_dir / "rounds"


def own_file(data_dir: Path) -> Path:
    """This process's file."""
    return folder(data_dir) / f"{socket.gethostname()}-{os.getpid()}.json"


def beat(path: Path, rounds: dict[str, dict[str, Any]], *, at: datetime) -> None:
    """The file holds this moment and the state of each round; a reader never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_text(json.dumps({"at": at.isoformat(), "rounds": rounds}))
    new.replace(path)


def read(data_dir: Path, *, at: datetime) -> Pulse:
    """Whether a worker lives, and which rounds fail or hang in all those that do."""
    beats = [one for path in folder(data_dir).glob("*.json") if (one := _beat(path)) is not None]
    last = max((moment for moment, _ in beats), default=None)
    living = [rounds for moment, rounds in beats if at - moment <= SILENCE]
    ill = [{name for name, state in rounds.items() if _is_ill(state, at)} for rounds in living]
    return Pulse(bool(living), last, tuple(sorted(set.intersection(*ill))) if ill else ())


def sweep(data_dir: Path, *, at: datetime) -> None:
    """Files of workers long dead are gone."""
    for path in folder(data_dir).glob("*"):
        found = _beat(path)
        if found is not None and at - found[0] > FORGOTTEN:
            path.unlink(missing_ok=True)


def _beat(path: Path) -> tuple[datetime, dict[str, dict[str, Any]]] | None:
    try:
        content = json.loads(path.read_text())
        return datetime.fromisoformat(content["at"]), content["rounds"]
    except (OSError, ValueError, KeyError, TypeError):  # being replaced, swept, or not one of ours
        return None


def _is_ill(state: dict[str, Any], at: datetime) -> bool:
    since = state.get("failing_since") or state.get("running_since")
    return since is not None and at - datetime.fromisoformat(since) > STUCK_FOR
