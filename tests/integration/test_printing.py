"""The report on paper (B15): a real CUPS with a PDF printer, and what is said when there is none."""

import os

import pytest
from pypdf import PdfReader

from comptoir.integration.commands import reporting, running, starting
from comptoir.integration.commands.starting import Options
from comptoir.integration.models import Run
from comptoir.spool import printer
from tests.factories import NOW
from tests.integration.conftest import ask
from tests.spool import cups

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def service(tmp_path_factory, monkeypatch):
    """Start a print service; jobs of this process go there."""
    if lacking := cups.lacking():
        assert not os.environ.get("CI"), lacking
        pytest.skip(lacking)
    here = tmp_path_factory.mktemp("cups")
    monkeypatch.setenv("CUPS_SERVER", cups.address(here))
    return here


def integrated(world, *, print_report):
    """A finished run of two requests whose report was produced; read again."""
    ask(world, legal_name="Ateliers du Lac")
    ask(world, legal_name="Conserverie de l’Erdre")
    options = Options(print_report=print_report)
    started = starting.start(ticket="t", method="deals", options=options, by=world.by, at=NOW)
    running.work(started.run_id, clock=lambda: NOW)
    for _turn in range(2):
        reporting.produce_due(at=NOW)
    return Run.objects.get(pk=started.run_id)


def text_of(path):
    return " ".join("".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_the_report_comes_out_of_the_default_printer(world, service):
    with cups.running(service) as out:
        run = integrated(world, print_report=True)
        assert (run.report_state, run.print_error) == ("printed", "")
        (paper,) = cups.printed(out)
    assert run.reference in paper.name
    for words in ("Compte rendu", run.reference, "Ateliers du Lac", "Conserverie"):
        assert words in text_of(world.spool / run.report_name)
    assert len(PdfReader(paper).pages) == len(PdfReader(world.spool / run.report_name).pages)


def test_nothing_is_printed_unless_asked(world, service):
    with cups.running(service) as out:
        assert integrated(world, print_report=False).report_state == "written"
        assert list(out.rglob("*.pdf")) == []


def test_the_organisation_s_own_printer_is_used(world, service):
    world.organisation.printer = "Accueil"
    world.organisation.save()
    with cups.running(service):
        run = integrated(world, print_report=True)
    assert run.report_state == "print_failed"
    assert "«\u202fAccueil\u202f» a refusé" in run.print_error


@pytest.mark.parametrize("is_running", [True, False])
def test_no_printer_is_said_and_the_report_is_kept(world, service, is_running):
    if is_running:
        with cups.running(service, with_printer=False):
            run = integrated(world, print_report=True)
    else:
        run = integrated(world, print_report=True)
    assert (run.state, run.report_state) == ("finished", "print_failed")
    assert run.print_error.startswith("L’imprimante par défaut a refusé")
    assert run.reference in text_of(world.spool / run.report_name)


def test_the_paper_is_looked_at(world, service, monkeypatch):
    """Sabotage: a product that says « printed » without a printer."""
    monkeypatch.setattr(printer, "send", lambda path, queue="", *, title="": "job-1")
    with cups.running(service) as out:
        assert integrated(world, print_report=True).report_state == "printed"
        monkeypatch.setattr(cups, "PATIENCE", 2)
        with pytest.raises(AssertionError, match="kept us waiting"):
            cups.printed(out)
