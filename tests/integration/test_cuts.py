"""T05, T06: a run killed at each of its durable steps is finished by the next one; nothing lost, nothing doubled."""

import contextlib

import pytest
from django.db import connections, transaction

from comptoir.bookings.models import Registration
from comptoir.deals.models import Deal
from comptoir.integration import queries
from comptoir.integration.commands import reporting, running, starting
from comptoir.integration.commands.starting import Options
from comptoir.integration.models import Run, RunLine
from comptoir.mail.models import Message
from comptoir.preregistrations.models import Request, SpoolFile
from tests.cuts import cut_at
from tests.factories import NOW
from tests.integration.conftest import ask

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.fault]
LATER = NOW + running.HOLD * 2


def begin(world, method, number):
    for legal_name in ("Ateliers du Lac", "Mairie de Rezé", "Ateliers du Lac"):
        ask(world, legal_name=legal_name)
    return starting.start(ticket=f"t{number}", method=method, options=Options(), by=world.by, at=NOW).run_id


def work(run_id):
    running.work(run_id, clock=lambda: NOW)


def finish(run_id, monkeypatch):
    """What the next worker does, once the dead one's claim has lapsed."""
    running.work(run_id, clock=lambda: LATER)
    monkeypatch.setattr(reporting, "typeset", lambda _data: b"%PDF-1.7 report")
    reporting.produce_due(at=LATER)


def verdict(world, run_id):
    """What is wrong with the outcome of one run of three requests; empty when nothing is."""
    wrong = []
    run = Run.objects.get(pk=run_id)
    references = set(Request.objects.filter(claim=run.reference).values_list("reference", flat=True))
    placed = sorted(
        Registration.objects.filter(booking__source__in=references).values_list("booking__source", flat=True)
    )
    placed += sorted(Deal.objects.filter(source__in=references).values_list("source", flat=True))
    if sorted(placed) != sorted(references) or len(references) != 3:
        wrong.append(f"placed {placed} of {sorted(references)}")
    if RunLine.objects.filter(run=run).count() != 3:
        wrong.append("not one line a request")
    states = set(SpoolFile.objects.filter(request__claim=run.reference).values_list("state", flat=True))
    names = list(SpoolFile.objects.filter(request__claim=run.reference).values_list("name", flat=True))
    if states != {"archived"} or not all((world.spool / "ARCHIVES" / name).is_file() for name in names):
        wrong.append(f"files {states}")
    if any((world.spool / name).exists() for name in names):
        wrong.append("a file is still in the inbox")
    people = list(Message.objects.filter(about=run.reference).values_list("to", flat=True))
    if len(people) != 2 or len({str(to) for to in people}) != 2:
        wrong.append(f"mails {people}")
    if (run.state, run.report_state) != ("finished", "written") or not (world.spool / run.report_name).is_file():
        wrong.append(f"run {run.state}, report {run.report_state}")
    return wrong


def sweep(world, method, monkeypatch, most=400):
    """Cut one more step each time, until a run ends by itself; the wrongs found, and how many cuts there were."""
    world.session.capacity = None
    world.session.save()
    found = {}
    for step in range(1, most):
        run_id = begin(world, method, step)
        killed = cut_at(step, lambda run_id=run_id: work(run_id))
        try:
            finish(run_id, monkeypatch)
            wrong = verdict(world, run_id)
        except Exception as error:  # noqa: BLE001  # a sabotaged run may break in any manner
            wrong = [repr(error)]
            connections.close_all()
        if wrong:
            found[step] = wrong
        if not killed:
            return found, step - 1
    raise AssertionError("the run never ended by itself")


@pytest.mark.parametrize("method", ["deals", "identified", "authenticated"])
def test_a_run_cut_anywhere_is_finished_by_the_next(world, monkeypatch, method):
    found, cuts = sweep(world, method, monkeypatch)
    assert not found
    assert cuts >= 15, "the sweep went nowhere"


def hold_nothing_together(monkeypatch):
    """Sabotage: a batch is not one transaction any more."""

    class Sabotage:
        def __getattr__(self, name):
            return getattr(transaction, name)

        def atomic(self):
            return contextlib.nullcontext()

    def without_lock(run, ids):  # PostgreSQL would refuse to lock outside a transaction
        return set(Request.objects.filter(pk__in=ids, state="pending").values_list("pk", flat=True))

    monkeypatch.setattr(running, "transaction", Sabotage())
    monkeypatch.setattr(running, "_locked", without_lock)


def test_the_sweep_sees_a_batch_that_is_not_one_transaction(world, monkeypatch):
    hold_nothing_together(monkeypatch)
    found, _cuts = sweep(world, "deals", monkeypatch)
    assert found


def test_two_workers_never_do_one_run_twice(world):
    run_id = begin(world, "deals", 0)
    assert running.work(run_id, clock=lambda: NOW)
    assert not running.work(run_id, clock=lambda: LATER)
    assert queries.progress(Run.objects.get(pk=run_id)).done == 3
