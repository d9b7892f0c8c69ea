"""T07: four assistants at once on the same requests, two on the screen and two by command: each request is one's."""

import os
import re
import traceback
from functools import partial

import pytest
from django.db import connections
from django.test import Client

from comptoir.deals.models import Deal
from comptoir.integration.commands import running, starting
from comptoir.integration.commands.starting import NothingToIntegrate, Options
from comptoir.integration.models import Run, RunLine
from comptoir.organisations.actors import system
from comptoir.preregistrations.models import Request, SpoolFile
from tests.factories import NOW, make_staff
from tests.faults import size
from tests.integration.test_killed_importers import waiting

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.fault]
FILES = size.of(300, 1_000)


def by_command(world, number):
    """As `comptoir intake apply` does."""
    by = system(world.organisation.pk)
    try:
        found = starting.start(ticket=f"t{number}", method="deals", options=Options(), by=by, at=NOW)
    except NothingToIntegrate:
        return
    running.work(found.run_id, clock=lambda: NOW)


def on_screen(world, staff):
    """The assistant from step to step, its last button pressed; then the worker takes up what was made."""
    browser = Client()
    browser.force_login(staff.user)
    steps = f"/{world.organisation.slug}/bureau/importation"
    browser.post(f"{steps}/choix/", {"act": "next"})
    browser.post(f"{steps}/methode/", {"method": "deals"})
    browser.post(f"{steps}/options/", {"mail_owner": "on", "sales_rep": "", "territory": ""})
    page = browser.get(f"{steps}/validation/")
    hidden = re.findall(r'name="(ticket|until|count)" value="([^"]*)"', page.content.decode())
    if not hidden:
        return  # the others were quicker: nothing is offered any more (the test below shows that it is otherwise)
    answer = browser.post(f"{steps}/validation/", dict(hidden))
    assert answer.status_code in (302, 409), answer.status_code
    running.advance_due(at=NOW, limit=10)


def at_once(acts):
    """Each act in a process of its own, let go together."""
    connections.close_all()
    gate_out, gate_in = os.pipe()
    children = []
    for act in acts:
        child = os.fork()
        if child == 0:
            code = 1
            try:
                os.close(gate_in)
                os.read(gate_out, 1)
                act()
                code = 0
            except BaseException:  # noqa: BLE001  # a child of ours must never return into the test runner
                traceback.print_exc()
            finally:
                os._exit(code)
        children.append(child)
    os.close(gate_out)
    os.close(gate_in)
    return [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]


def verdict():
    placed = list(Deal.objects.values_list("source", flat=True))
    return {
        "lost": Request.objects.exclude(state="integrated").count(),
        "doubled": len(placed) - len(set(placed)),
        "deals": len(placed) - FILES,
        "lines": RunLine.objects.count() - FILES,
        "totals": sum(Run.objects.values_list("total", flat=True)) - FILES,
        "files": SpoolFile.objects.exclude(state="archived").count(),
    }


def test_each_request_is_integrated_by_one_of_the_four(world):
    waiting(world, FILES)
    people = [make_staff(world.organisation, role) for role in ("administrator", "assistant")]
    acts = [partial(by_command, world, number) for number in (1, 2)]
    acts += [partial(on_screen, world, staff) for staff in people]
    assert at_once(acts) == [0, 0, 0, 0]
    running.advance_due(at=NOW, limit=10)
    assert not any(verdict().values()), verdict()


def test_the_screen_alone_integrates_them_all(world):
    """So that the four of the test above are four: an assistant on the screen who did nothing would not be missed."""
    waiting(world, FILES)
    on_screen(world, make_staff(world.organisation, "assistant"))
    assert Run.objects.get().total == FILES
    assert not any(verdict().values()), verdict()


def test_one_who_comes_too_late_is_told(world):
    waiting(world, 3)
    by_command(world, 1)
    with pytest.raises(NothingToIntegrate, match="une autre personne"):
        starting.start(ticket="t2", method="deals", options=Options(), by=world.by, at=NOW)


def test_a_claim_that_looks_away_is_seen(world, monkeypatch):
    """Sabotage: a run takes what another has already claimed."""
    waiting(world, FILES)

    def greedy(reference, wanted, *, by):
        return Request.objects.filter(organisation_id=by.organisation_id).update(claim=reference)

    monkeypatch.setattr(starting, "_claim", greedy)
    at_once([partial(by_command, world, number) for number in (1, 2)])
    assert any(verdict().values())
