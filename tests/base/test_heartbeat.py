"""The workers' pulse: alive while they write, ill when a round fails or hangs for long, forgotten in time."""

from datetime import UTC, datetime, timedelta

from comptoir.base import heartbeat
from comptoir.base.heartbeat import FORGOTTEN, SILENCE, STUCK_FOR

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WELL = {"running_since": None, "failing_since": None}
FAILING = {"running_since": None, "failing_since": (NOW - STUCK_FOR - timedelta(seconds=1)).isoformat()}


def beat(tmp_path, name, at=NOW, **rounds):
    heartbeat.beat(heartbeat.folder(tmp_path) / f"{name}.json", rounds, at=at)


def test_nobody_is_alive_where_nobody_writes(tmp_path):
    assert heartbeat.read(tmp_path, at=NOW) == heartbeat.Pulse(False, None, ())


def test_alive_until_silent_for_long(tmp_path):
    beat(tmp_path, "a", mail=WELL)
    assert heartbeat.read(tmp_path, at=NOW + SILENCE).is_alive
    silent = heartbeat.read(tmp_path, at=NOW + SILENCE + timedelta(seconds=1))
    assert (silent.is_alive, silent.beat_at) == (False, NOW)


def test_a_round_is_ill_when_it_is_so_in_every_worker(tmp_path):
    beat(tmp_path, "a", mail=FAILING, other=WELL)
    assert heartbeat.read(tmp_path, at=NOW).ill_rounds == ("mail",)
    beat(tmp_path, "b", mail=WELL, other=WELL)
    assert heartbeat.read(tmp_path, at=NOW).ill_rounds == ()


def test_a_round_that_hangs_is_ill(tmp_path):
    beat(tmp_path, "a", mail={"running_since": NOW.isoformat(), "failing_since": None})
    assert heartbeat.read(tmp_path, at=NOW + timedelta(seconds=20)).ill_rounds == ()
    beat(tmp_path, "a", at=NOW + STUCK_FOR * 2, mail={"running_since": NOW.isoformat(), "failing_since": None})
    assert heartbeat.read(tmp_path, at=NOW + STUCK_FOR * 2).ill_rounds == ("mail",)


def test_what_is_not_a_beat_is_passed_over(tmp_path):
    beat(tmp_path, "a", mail=WELL)
    (heartbeat.folder(tmp_path) / "b.json").write_text("{")
    (heartbeat.folder(tmp_path) / "c.json").write_text("[]")
    assert heartbeat.read(tmp_path, at=NOW).is_alive


def test_the_long_dead_are_swept(tmp_path):
    beat(tmp_path, "old", at=NOW - FORGOTTEN - timedelta(seconds=1))
    beat(tmp_path, "new")
    heartbeat.sweep(tmp_path, at=NOW)
    assert [path.stem for path in heartbeat.folder(tmp_path).iterdir()] == ["new"]
