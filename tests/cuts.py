"""A process killed (SIGKILL) at its n-th durable step: every commit, before and after, and every change to the disk."""

import os
import signal
import traceback

from django.db import connections

from comptoir.spool import disk, mover, passing, writer

DISK = ("write_new", "rename_new", "sync_folder", "write_over", "discard")


class Steps:
    """Counts durable steps and kills the process at the one asked for."""

    def __init__(self, last):
        self.left = last

    def step(self):
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, function):
        def stepped(*args, **kwargs):
            self.step()
            done = function(*args, **kwargs)
            self.step()
            return done

        return stepped

    def watch(self):
        for name in DISK:
            stepped = self.around(getattr(disk, name))
            for module in (disk, mover, passing, writer):
                if getattr(module, name, None) is not None:
                    setattr(module, name, stepped)
        connection = connections["default"]
        connection._commit = self.around(connection._commit)


def cut_at(step, act):
    """Run `act` in a child killed at that step; whether it was killed (False: it ended by itself before)."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            Steps(step).watch()
            act()
        except BaseException:  # noqa: BLE001  # a child of ours must never return into the test runner
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.WEXITSTATUS(status) == 0, "the act failed by itself"
    return False
