"""The worker as a process: SIGTERM stops it cleanly."""

import os
import signal
import subprocess
import sys
import time

import pytest

from comptoir.base.heartbeat import folder
from tests.mail.lab.workshop import database_url

PROGRAM = "import django; django.setup(); from comptoir.jobs import worker; worker.main()"


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_when_asked(number, tmp_path):
    environment = {**os.environ, "COMPTOIR_DATA_DIR": str(tmp_path), "COMPTOIR_DATABASE_URL": database_url()}
    process = subprocess.Popen([sys.executable, "-c", PROGRAM], env=environment, stderr=subprocess.PIPE, text=True)
    end = time.monotonic() + 60
    while not list(folder(tmp_path).glob("*.json")):
        assert time.monotonic() < end
        assert process.poll() is None
        time.sleep(0.05)
    process.send_signal(number)
    _, said = process.communicate(timeout=30)
    assert (process.returncode, "Traceback" in said) == (0, False), said
    assert list(folder(tmp_path).glob("*")) == []
