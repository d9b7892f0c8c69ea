"""A process that has Django ready and forks one sender for each line it reads: « <moment> <limit> »."""

import os
import sys
from datetime import datetime

import django

django.setup()

from tests.mail.lab import sabotage  # noqa: E402  # needs Django ready

if len(sys.argv) > 1:
    getattr(sabotage, sys.argv[1])()


def send(at, limit):
    from comptoir.mail import commands

    commands.send_due(at=datetime.fromisoformat(at), limit=int(limit))


print("ready", flush=True)
for line in sys.stdin:
    words = line.split()
    pid = os.fork()
    if pid == 0:
        sys.stdin.readline()  # the word to start: whoever kills knows our number by now
        send(*words)
        os._exit(0)
    print(pid, flush=True)
    _, status = os.waitpid(pid, 0)
    print(os.WTERMSIG(status) if os.WIFSIGNALED(status) else -os.WEXITSTATUS(status), flush=True)
