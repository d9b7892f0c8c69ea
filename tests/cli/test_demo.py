"""`comptoir demo` opens, and leaves nothing behind whenever it is asked to stop."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

pytestmark = pytest.mark.slow
PATIENCE = 90


@pytest.fixture
def demonstration(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    own = {name: value for name, value in os.environ.items() if not name.startswith(("COMPTOIR_", "DJANGO_"))}
    command = [sys.executable, "-m", "comptoir", "demo", "--port", str(port), "--data", str(tmp_path)]
    process = subprocess.Popen(command, env=own, stdout=subprocess.PIPE, text=True, start_new_session=True)
    process.address = f"http://127.0.0.1:{port}"
    yield process
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.stdout.close()


def answers(address):
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def wait_until(what):
    deadline = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def test_it_says_where_to_go_and_stops_whole(demonstration):
    said = ""
    while "exploitant" not in said:
        said += demonstration.stdout.readline()
    assert f"{demonstration.address}/loire-formation/bureau/" in said
    wait_until(lambda: answers(f"{demonstration.address}/loire-formation/"))
    demonstration.send_signal(signal.SIGTERM)
    assert demonstration.wait(PATIENCE) == 0
    assert not answers(f"{demonstration.address}/health")


def test_a_signal_while_the_samples_are_written_leaves_no_process(demonstration):
    """The pages open before the samples are there: whoever stops it at that moment stops them too."""
    wait_until(lambda: answers(f"{demonstration.address}/health"))
    demonstration.send_signal(signal.SIGTERM)
    demonstration.wait(PATIENCE)
    wait_until(lambda: not answers(f"{demonstration.address}/health"))
