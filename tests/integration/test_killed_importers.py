"""T05: importers killed at random moments; the next one finishes, and each file is integrated once and archived."""

import os
import random
import signal
import time

import pytest
from django.db import IntegrityError, connections

from comptoir.deals.models import Deal
from comptoir.integration.commands import placing, running, starting
from comptoir.integration.commands.starting import Options
from comptoir.integration.models import RunLine
from comptoir.mail.models import Message
from comptoir.preregistrations.commands import seeding
from comptoir.preregistrations.models import Request, SpoolFile
from tests.factories import NOW
from tests.faults import size
from tests.integration.test_cuts import hold_nothing_together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.fault]
FILES, KILLS = size.of(2_000, 10_000), size.of(8, 200)
LONGEST = size.of(0.2, 0.08)  # seconds an importer lives, at most: about a batch


def waiting(world, count):
    """So many requests wait, each with its file."""
    for start in range(0, count, 500):
        seeds = [
            seeding.Seed(f"Maison {n}", f"contact{n}@maison.test", "Nantes", world.session.reference, 1)
            for n in range(start, min(start + 500, count))
        ]
        seeding.seed(seeds, organisation_id=world.organisation.pk, at=NOW)


def started(world):
    return starting.start(ticket="t", method="deals", options=Options(), by=world.by, at=NOW).run_id


def killed(run_id, turn, by_itself=False):
    """An importer takes the run up and dies; whether it was killed before its end. Dead ones' claims have lapsed."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            running.work(run_id, clock=lambda: NOW + running.HOLD * 2 * turn)
        finally:
            os._exit(0)
    if not by_itself:
        time.sleep(random.uniform(0.01, LONGEST))
        os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def verdict(world):
    """What was lost, doubled, or left behind."""
    references = set(Request.objects.values_list("reference", flat=True))
    placed = list(Deal.objects.values_list("source", flat=True))
    archived = {path.name for path in (world.spool / "ARCHIVES").iterdir()}
    names = set(SpoolFile.objects.values_list("name", flat=True))
    return {
        "lost": len(references - set(placed)),
        "doubled": len(placed) - len(set(placed)),
        "lines": RunLine.objects.count() - len(references),
        "not archived": len(names - archived),
        "still in Résa": len(list(world.spool.glob("*.log"))),
        "states": set(SpoolFile.objects.values_list("state", flat=True)) - {"archived"},
        "mails": Message.objects.count() - Message.objects.values("key").distinct().count(),
    }


def worked(world):
    """The whole story: killed so many times, then finished."""
    run_id, kills, turn = started(world), 0, 0
    while kills < KILLS and Request.objects.filter(state="pending").exists():
        turn += 1
        kills += killed(run_id, turn)
    running.work(run_id, clock=lambda: NOW + running.HOLD * 2 * (turn + 1))
    return kills


def test_killed_importers_lose_and_double_nothing(world):
    waiting(world, FILES)
    kills = worked(world)
    wrong = {name: found for name, found in verdict(world).items() if found}
    print(f"T05: {FILES} files, {kills} kills, {wrong or 'nothing wrong'}")
    assert kills >= min(KILLS, 3), "nobody was killed"
    assert not wrong


def suicidal(*_args, **_how):
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_batch_that_is_not_one_transaction_is_seen(world, monkeypatch):
    """Sabotage: killed between its statements, it leaves deals whose requests still wait: the next importer trips."""
    hold_nothing_together(monkeypatch)
    waiting(world, 10)
    run_id = started(world)
    with monkeypatch.context() as inside:
        inside.setattr(placing, "_run_lines", suicidal)  # deals are written, requests are not
        assert killed(run_id, 1, by_itself=True)
    with pytest.raises(IntegrityError):
        running.work(run_id, clock=lambda: NOW + running.HOLD * 4)
