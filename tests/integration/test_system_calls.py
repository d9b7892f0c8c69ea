"""T06: a run killed at each system call that touches a file or the database, under strace, is finished by the next."""

import os
import shutil
import signal
import subprocess
import time
import traceback
from pathlib import Path

import pytest
from django.db import connections

from tests.faults import size
from tests.integration.test_cuts import begin, finish, verdict, work

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.fault,
    pytest.mark.skipif(shutil.which("strace") is None and not os.environ.get("CI"), reason="strace is not installed"),
]
# What a run does to the disk (SQLite's own file included) or says to a PostgreSQL server.
CALLS = size.of(
    ("fsync", "renameat2"),
    ("openat", "write", "pwrite64", "fsync", "fdatasync", "renameat2", "unlink", "ftruncate", "sendto", "close"),
)
METHODS = size.of(("identified",), ("deals", "identified", "authenticated"))
MOST = size.of(2, 400)


def killed_at(call, number, act):
    """Run `act` in a child that strace kills at its n-th such call; whether it was killed."""
    connections.close_all()
    gate_out, gate_in = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(gate_in)
            os.read(gate_out, 1)
            act()
        except BaseException:  # noqa: BLE001  # a child of ours must never return into the test runner
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    os.close(gate_out)
    words = ["-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:signal=SIGKILL:when={number}"]
    tracer = subprocess.Popen(["strace", "-f", "-p", str(child), *words])
    while "TracerPid:\t0\n" in Path(f"/proc/{child}/status").read_text():
        time.sleep(0.005)
    os.close(gate_in)
    _pid, status = os.waitpid(child, 0)
    tracer.wait(30)
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status) == signal.SIGKILL
    assert os.WEXITSTATUS(status) == 0, "the act failed by itself"
    return False


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("call", CALLS)
def test_a_run_killed_at_a_call_is_finished_by_the_next(world, monkeypatch, call, method):
    world.session.capacity = None
    world.session.save()
    wrong, kills = {}, 0
    for number in range(1, MOST + 1):
        run_id = begin(world, method, number)
        was_killed = killed_at(call, number, lambda run_id=run_id: work(run_id))
        finish(run_id, monkeypatch)
        if found := verdict(world, run_id):
            wrong[number] = found
        if not was_killed:
            break
        kills += 1
    print(f"T06: {method}, {call}: {kills} kills")
    assert wrong == {}
