"""A process that has imported everything once and forks a child per order, so that a fault costs milliseconds.

The child waits for a word before it begins (a tracer attaches meanwhile), runs one function of `programs` or
`sabotage`, says how it went by a socket (a call nobody traces), and leaves.
"""

import ctypes
import importlib
import json
import os
import pwd
import signal
import socket
import sys

from django.conf import settings
from django.utils.translation import gettext

from comptoir.base.errors import Refusal

MODULES = ("tests.spool.lab.programs", "tests.spool.lab.sabotage")
_ANY_TRACER = (0x59616D61, ctypes.c_ulong(-1))  # PR_SET_PTRACER: some systems let only parents trace
_libc = ctypes.CDLL(None)


def main():
    settings.configure(USE_I18N=False)
    gettext("warm")  # its first use opens files, which would be counted
    modules = [importlib.import_module(name) for name in MODULES]
    for line in sys.stdin:
        order = json.loads(line)
        program = next(getattr(module, order["program"]) for module in modules if hasattr(module, order["program"]))
        serve(program, order)


def serve(program, order):
    ours, theirs = socket.socketpair()
    ready, go = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(go)
        ours.close()
        live(program, order, ready, theirs)
    theirs.close()
    os.close(ready)
    ours.recv(1)  # it has closed what it does not need: from here on every call is the program's
    print(child, flush=True)
    sys.stdin.readline()
    os.write(go, b".")
    os.close(go)
    said = b"".join(iter(lambda: ours.recv(65536), b""))
    ours.close()
    _pid, status = os.waitpid(child, 0)
    print(json.dumps({"killed": os.WIFSIGNALED(status), "said": json.loads(said) if said else None}), flush=True)


def live(program, order, ready, theirs):
    _libc.prctl(*_ANY_TRACER, 0, 0, 0)
    signal.alarm(60)
    if order.get("as_nobody"):
        become("nobody")
    theirs.send(b".")
    os.read(ready, 1)
    try:
        said = {"code": "done", "value": program(*order["args"])}
    except Refusal as refusal:
        said = {"code": refusal.code, "value": refusal.sentence}
    except BaseException as error:  # noqa: BLE001 (whatever it is, the test is told)
        said = {"code": "bug", "value": repr(error)}
    theirs.sendall(json.dumps(said).encode())
    os._exit(0)


def become(user):
    entry = pwd.getpwnam(user)
    os.setgroups([])
    os.setgid(entry.pw_gid)
    os.setuid(entry.pw_uid)


if __name__ == "__main__":
    main()
