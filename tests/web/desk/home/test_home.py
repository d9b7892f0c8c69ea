"""Accueil: the question of the source once per sign-in, then what waits, each line leading to its list (B3)."""

from datetime import date, timedelta

import pytest

from comptoir.deals.models import Deal
from comptoir.integration.commands import starting
from comptoir.integration.options import Options
from comptoir.preregistrations.models import SpoolFile
from tests.factories import NOW, make_registrations, make_session
from tests.integration.conftest import ask
from tests.web.desk.desk import Desk, words

QUESTION = "Des inscriptions sont en attente de gestion."


def lines(desk):
    return {line.label: (line.count, line.url) for line in desk.get("home").context["lines"]}


def fill(session, count):
    make_registrations(session, count)


def test_the_question_is_asked_once_per_sign_in(at_desk, world):
    desk = at_desk()
    ask(world)
    first = words(desk.get("home"))
    assert QUESTION in first
    assert f'<a class="button main" href="{desk.address("intake")}">Oui, les traiter</a>' in first
    again = words(desk.get("home"))
    assert QUESTION not in again
    assert "pré-inscription à traiter" in again
    desk.browser.logout()
    desk.browser.force_login(desk.staff.user)
    assert QUESTION in words(desk.get("home"))


def test_the_question_is_not_asked_when_nothing_waits_and_waits_for_the_first(at_desk, world):
    desk = at_desk()
    assert QUESTION not in words(desk.get("home"))
    ask(world)
    assert QUESTION in words(desk.get("home"))


def test_nothing_waits(at_desk):
    assert "Rien n’attend" in words(at_desk().get("home"))


def test_each_line_has_its_count_and_leads_to_its_list(at_desk, world):
    desk = at_desk()
    ask(world)
    lost = ask(world)
    SpoolFile.objects.filter(pk=lost.file.pk).update(state="missing", noticed_at=NOW, reason="disparu")
    Deal.objects.create(
        organisation=world.organisation, reference="DO-1", title="x", chance=33, created_at=NOW,
        next_step_on=date(2026, 11, 20),
    )  # fmt: skip
    found = lines(desk)
    assert found["pré-inscriptions à traiter"] == (2, desk.address("intake"))
    assert found["fichier de Résa à signaler"] == (1, desk.address("intake-files"))
    assert found["dossier commercial en retard"][0] == 1


def test_sessions_that_fill_and_that_do_not_are_told_apart(at_desk, world):
    soon = NOW.date() + timedelta(days=10)
    full, empty, fine = (make_session(world.activity, capacity=10, starts_on=soon, ends_on=soon) for _ in range(3))
    make_session(world.activity, capacity=10, starts_on=soon + timedelta(days=40), ends_on=soon + timedelta(days=40))
    fill(full, 9)
    fill(fine, 6)
    month = at_desk().get("home").context["month"]
    assert [one.session.pk for one in month.filling] == [full.pk]
    assert [one.session.pk for one in month.empty] == [empty.pk]


def test_runs_under_way_are_found_again(at_desk, world):
    ask(world)
    started = starting.start(ticket="b", method="deals", options=Options(), by=world.by, at=NOW)
    page = words(at_desk().get("home"))
    assert started.reference in page
    assert "0 / 1" in page


def test_a_manager_sees_the_sessions_managed_and_nothing_of_intake(at_desk, world):
    ask(world)
    desk = at_desk("manager")
    soon = NOW.date() + timedelta(days=5)
    mine = make_session(world.activity, capacity=10, starts_on=soon, ends_on=soon, managers=[desk.staff])
    make_session(world.activity, capacity=10, starts_on=soon, ends_on=soon)
    response = desk.get("home")
    assert QUESTION not in words(response)
    assert [one.session.pk for one in response.context["month"].shown] == [mine.pk]
    assert "pré-inscription" not in words(response)


def test_another_organisation_sees_none_of_it(at_desk, world):
    ask(world)
    desk = at_desk(organisation=None)
    assert "Rien n’attend" in words(desk.get("home"))
    assert desk.browser.get(f"/{world.organisation.slug}/bureau/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_whatever_waits(at_desk, world, count, django_assert_max_num_queries):
    desk = at_desk()
    soon = NOW.date() + timedelta(days=5)
    for _one in range(count):
        ask(world)
        fill(make_session(world.activity, capacity=10, starts_on=soon, ends_on=soon), 2)
    desk.get("home")
    with django_assert_max_num_queries(24):
        desk.get("home")


def test_the_rail_counts_and_marks_where_one_is(at_desk, world):
    ask(world)
    desk = at_desk()
    rail = desk.get("intake").context["rail"]
    entries = {str(one.label): (one.count, one.current) for one in rail}
    assert entries["Importation"] == (1, True)
    assert entries["Accueil"] == (0, False)
    assert "Réglages" in entries
    only = {str(one.label) for one in at_desk("manager").get("home").context["rail"]}
    assert not {"Importation", "Suivi commercial", "Clients", "Messages", "Réglages"} & only


def test_somebody_signed_out_is_asked_to_sign_in(world):
    desk = Desk(world.staff)
    desk.browser.logout()
    assert "/compte/connexion/" in desk.get("home").url
