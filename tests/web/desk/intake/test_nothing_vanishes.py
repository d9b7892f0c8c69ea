"""T16: thrown away, left, or gone back from, at each of the five steps: every request is there, signed."""

import pytest

from comptoir.journal.models import Entry
from comptoir.preregistrations.commands import intake
from comptoir.preregistrations.models import Request, SpoolFile
from tests.integration.conftest import ask
from tests.web.desk.intake.test_steps import go, validate

STEPS = ("data", "method", "options", "validation", "run")
PAGES = {"data": "intake", "method": "intake-method", "options": "intake-options", "validation": "intake-validation"}


def reach(desk, step):
    """The assistant stands at that step."""
    if step == "run":
        validate(desk, go(desk, method="deals"))
    elif step == "data":
        desk.get("intake")
    else:
        go(desk, to=step, method="deals")


def thrown(desk, request):
    desk.post("intake-throw", data={"ids": [request.pk]}, follow=True)


def left(desk, request):
    desk.get("home")


def gone_back(desk, request):
    for name in reversed(PAGES.values()):
        desk.get(name)


def vanished(desk, asked):
    """References that are nowhere, or whose going nobody signed and nobody can take back."""
    gone = []
    for reference in asked:
        row = Request.objects.filter(reference=reference).first()
        signed = Entry.objects.filter(about=reference).exclude(by_name="").exists()
        kept = row and SpoolFile.objects.filter(request=row).exists() and row.lines.exists()
        if not kept or not signed or (row.state == "binned" and not (row.binned_by_name and row.binned_at)):
            gone.append(reference)
    binned = list(Request.objects.filter(state="binned").values_list("pk", flat=True))
    desk.post("intake-take-back", data={"ids": binned}, follow=True)
    return gone + list(Request.objects.filter(state="binned").values_list("reference", flat=True))


@pytest.mark.parametrize("leave", [thrown, left, gone_back])
@pytest.mark.parametrize("step", STEPS)
def test_nothing_vanishes(desk, world, step, leave):
    one, other = ask(world), ask(world)
    reach(desk, step)
    leave(desk, one)
    assert vanished(desk, [one.reference, other.reference]) == []


def test_a_bin_that_destroys_is_seen(desk, world, monkeypatch):
    """Sabotage: thrown away is deleted."""
    one = ask(world)

    def destroy(*, request_ids, by, at):
        SpoolFile.objects.filter(request__in=request_ids).delete()
        Request.objects.filter(pk__in=request_ids).delete()
        return intake.Outcome()

    monkeypatch.setattr(intake, "bin_requests", destroy)
    thrown(desk, one)
    assert vanished(desk, [one.reference]) == [one.reference]
