"""Many hands at once, for the tests of what two people do in the same moment."""

import threading

from django.db import connection

from comptoir.base.errors import Refusal
from comptoir.bookings.counting import Counts


def together(acts):
    """Each act in a thread of its own, all let go at once: what each answered."""
    start, said = threading.Barrier(len(acts)), []

    def hand(act):
        start.wait()
        try:
            said.append(act())
        except Refusal as refusal:
            said.append(refusal.code)
        finally:
            connection.close()

    hands = [threading.Thread(target=hand, args=(act,)) for act in acts]
    for one in hands:
        one.start()
    for one in hands:
        one.join()
    return said


def without_the_lock(monkeypatch):
    """The sabotage: seat counts are read without a lock, and looked at for a moment before anything is taken."""

    def unlocked(cls, session_ids):
        found = cls.read(session_ids)
        threading.Event().wait(0.02)
        return found

    monkeypatch.setattr(Counts, "locked", classmethod(unlocked))
