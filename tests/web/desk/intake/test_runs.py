"""Runs: followed while they work, found again, their report kept and downloaded (B15, B17)."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from comptoir.integration.commands import reporting, running, starting
from comptoir.integration.models import Run
from comptoir.integration.options import Options
from comptoir.preregistrations.queries import own
from tests.factories import NOW
from tests.integration.conftest import ask
from tests.web.desk.desk import said, words


def start(world, method="identified"):
    started = starting.start(ticket="billet", method=method, options=Options(), by=world.by, at=NOW)
    return Run.objects.get(pk=started.run_id)


def finish(run, *, report=True):
    running.work(run.pk, clock=lambda: NOW)
    if report:
        reporting.produce(run.pk, at=NOW)
    run.refresh_from_db()
    return run


def test_a_run_under_way_shows_how_far_it_is(desk, world):
    ask(world)
    run = start(world)
    response = desk.get("run", run.reference)
    page = words(response)
    assert "0 / 1" in page
    assert f'data-hx-get="{desk.address("run-progress", run.reference)}"' in page
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in response.content.decode()
    assert words(desk.get("run-progress", run.reference)).startswith('<div id="avancement"')


def test_the_page_is_loaded_again_when_all_is_done(desk, world):
    ask(world)
    run = finish(start(world))
    answer = desk.get("run-progress", run.reference, headers={"HX-Request": "true"})
    assert answer.headers["HX-Refresh"] == "true"
    assert desk.get("run-progress", run.reference).url == desk.address("run", run.reference)


def test_while_the_report_is_written_the_page_says_so(desk, world):
    ask(world)
    run = finish(start(world), report=False)
    page = words(desk.get("run", run.reference))
    assert "le compte rendu s’écrit" in page
    assert "Compte rendu (PDF)" not in page


def test_every_line_leads_to_what_was_made(desk, world):
    ask(world)
    unknown = ask(world, legal_name="Inconnu")
    run = finish(start(world))
    page = words(desk.get("run", run.reference))
    assert "Client non identifié" in page
    assert "DO-00001" in page
    assert "R-" in page
    only = desk.get("run", run.reference, query={"place": "deal"}).context["lines"]
    assert [line.request_id for line in only] == [unknown.pk]


def test_the_client_it_was_recognised_for_has_it_on_its_page_and_not_in_its_space(desk, world):
    recognised, unknown = ask(world), ask(world, legal_name="Inconnu")
    finish(start(world))
    page = words(desk.get("client", world.client.pk))
    assert recognised.reference in page
    assert unknown.reference not in page
    assert not own.requests(client_id=world.client.pk, organisation_id=world.organisation.pk).exists()  # T62


def test_what_was_left_alone_is_said_with_its_reason(desk, world):
    lost = ask(world)
    ask(world)
    run = start(world)
    (world.spool / lost.file.name).unlink()
    page = words(desk.get("run", finish(run).reference))
    assert "Le fichier a disparu du dossier Résa." in page
    assert "Non traitée" in page


def test_the_report_is_downloaded_as_a_file(desk, world):
    request = ask(world)
    run = finish(start(world))
    answer = desk.get("run-report", run.reference)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="CR-{run.reference}.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "application/pdf"
    text = PdfReader(BytesIO(b"".join(answer.streaming_content))).pages[0].extract_text()
    assert request.reference in text


def test_a_lost_report_is_written_again(desk, world):
    ask(world)
    run = finish(start(world))
    path = world.spool / run.report_name
    path.unlink()
    assert desk.get("run-report", run.reference).status_code == 404
    assert said(desk.post("run-report-again", run.reference, follow=True)) == [
        "Le compte rendu est de nouveau dans Résa."
    ]
    assert path.exists()


def test_a_link_in_place_of_the_report_is_not_followed(desk, world, tmp_path):
    ask(world)
    run = finish(start(world))
    secret = tmp_path / "secret"
    secret.write_text("rien pour vous")
    (world.spool / run.report_name).unlink()
    (world.spool / run.report_name).symlink_to(secret)
    assert desk.get("run-report", run.reference).status_code == 404


@pytest.mark.parametrize("name", ["run", "run-progress", "run-report"])
def test_another_organisation_does_not_know_it(stranger, world, name):
    ask(world)
    run = finish(start(world))
    assert stranger.get(name, run.reference).status_code == 404
    assert stranger.get("runs").context["page"].paginator.count == 0


def test_runs_are_listed_with_what_they_did(desk, world):
    assert "Aucune intégration pour l’instant" in words(desk.get("runs"))
    ask(world)
    run = finish(start(world))
    page = words(desk.get("runs"))
    assert run.reference in page
    assert "1 / 1" in page


@pytest.mark.parametrize("count", [1, 3])
def test_a_run_costs_the_same_for_any_number_of_lines(desk, world, count, django_assert_max_num_queries):
    for _one in range(count):
        ask(world)
    run = finish(start(world, "deals"))
    with django_assert_max_num_queries(14):
        desk.get("run", run.reference)


def test_the_request_says_what_it_became(desk, world):
    request = ask(world, legal_name="Inconnu")
    run = finish(start(world))
    page = words(desk.get("intake-request", request.reference))
    assert "Ce qu’elle est devenue" in page
    assert run.reference in page
    assert "DO-00001" in page
