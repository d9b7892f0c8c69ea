"""`comptoir web` starts fresh and stops whole, also when asked while its workers are still starting."""

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

PATIENCE = 30
GC = "import comptoir.wsgi, gc; print(gc.isenabled(), gc.get_freeze_count() > 100_000)"


@pytest.fixture
def own(tmp_path):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COMPTOIR_", "DJANGO_"))}
    return kept | {"COMPTOIR_DATA_DIR": str(tmp_path)}


def test_what_a_start_built_is_not_looked_through_again(own):
    said = subprocess.run([sys.executable, "-c", GC], env=own, capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["True", "True"]


@pytest.mark.slow
@pytest.mark.parametrize("moment", [0.6, 1.6])  # seconds after the start
def test_a_worker_asked_to_stop_while_it_starts_is_not_waited_for_for_ever(own, moment):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "comptoir", "web", "--port", str(port), "--workers", "2"]
    process = subprocess.Popen(command, env=own, start_new_session=True)
    try:
        time.sleep(moment)
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
