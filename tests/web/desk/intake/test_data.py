"""Step 1: what waits, who it is from, what is chosen (B5–B8)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.integration import drafts
from comptoir.integration.commands import drafting
from comptoir.preregistrations.models import Request
from tests.factories import NOW, make_client, make_staff
from tests.integration.conftest import ask
from tests.web.desk.desk import Desk, said, words


def chosen(world):
    return drafts.standing(seen_by=world.by).request_ids


def test_nothing_waits(desk):
    page = words(desk.get("intake"))
    assert "Rien n’attend" in page
    assert "Voir votre catalogue" in page


def test_a_row_says_who_asks_for_what_and_who_the_client_is(desk, world):
    request = ask(world, people=4, email="claire@exemple.fr", phone="0240556677")
    page = words(desk.get("intake"))
    for text in (request.reference, "23 nov. 2026, 10 h", "Ateliers du Lac", "Claire Lefèvre", "claire@exemple.fr",
                 "02 40 55 66 77", world.activity.title, "4 personnes",
                 "Prénom0 Nom1, Prénom1 Nom1, Prénom2 Nom1 et 1 autre", world.client.number, "Certain",
                 "Retirer l’association"):  # fmt: skip
        assert text in page


def test_the_original_is_beside_the_correction(desk, world):
    request = ask(world, legal_name="Atelié du Lak")
    Request.objects.filter(pk=request.pk).update(legal_name="Ateliers du Lac")
    page = words(desk.get("intake"))
    assert "Reçu : </span>Atelié du Lak</del>" in page
    assert "Corrigé : </span>Ateliers du Lac</ins>" in page


@pytest.mark.parametrize(
    "text", ["LEFEVRE", "rezé", "pr-", "73282932000074", "732 829 320 00074", "nom2", "secouriste"]
)
def test_the_search_finds_in_any_spelling(desk, world, text):
    ask(world, legal_name="Ateliers du Lac", last_name="Martin", email="a@b.fr")
    ask(world, legal_name="Mairie de Rezé", siret="73282932000074")
    found = desk.get("intake", query={"text": text}).context["rows"]
    assert "Mairie de Rezé" in [row.request.legal_name for row in found]


def test_a_search_without_result_says_so_and_keeps_what_was_typed(desk, world):
    ask(world)
    page = words(desk.get("intake", query={"text": "introuvable"}))
    assert "Aucune demande ne correspond" in page
    assert 'value="introuvable"' in page


def test_filters_leave_the_others_out(desk, world):
    signed, by_hand, unknown = ask(world, client=world.client), ask(world), ask(world, legal_name="Personne")
    Request.objects.filter(pk=by_hand.pk).update(chosen_client=world.client)
    for value, expected in (("signed", signed), ("chosen", by_hand), ("open", unknown)):
        assert [row.request.pk for row in desk.get("intake", query={"who": value}).context["rows"]] == [expected.pk]
    assert len(desk.get("intake", query={"who": "nonsense", "page": "nonsense"}).context["rows"]) == 3


def test_sorting_by_name(desk, world):
    for name in ("Beta", "Alpha", "Gamma"):
        ask(world, legal_name=name)
    names = [row.request.legal_name for row in desk.get("intake", query={"sort": "-name"}).context["rows"]]
    assert names == ["Gamma", "Beta", "Alpha"]


def test_ticks_are_kept_page_by_page(desk, world):
    ids = [ask(world).pk for _ in range(3)]
    desk.post("intake-choice", data={"shown": ids[:2], "ids": ids[:1], "act": "keep"})
    desk.post("intake-choice", data={"shown": ids[2:], "ids": ids[2:], "act": "keep"})
    assert chosen(world) == (ids[0], ids[2])
    assert desk.get("intake").content.count(b" checked") == 2
    desk.post("intake-choice", data={"shown": ids, "act": "keep"})
    assert chosen(world) is None


def test_the_page_with_scripts_is_told_how_many_are_chosen(desk, world):
    ids = [ask(world).pk for _ in range(3)]
    assert "Continuer avec les 2 demandes choisies" in words(
        desk.htmx("intake-choice", data={"shown": ids, "ids": ids[:2]})
    )


def test_every_result_of_a_search_is_chosen_at_once(desk, world):
    wanted = [ask(world, legal_name=f"Mairie {n}").pk for n in range(2)]
    ask(world)
    desk.post("intake-choice", data={"shown": wanted[:1], "all": "1", "back": "text=mairie", "act": "next"})
    assert chosen(world) == tuple(wanted)


def test_continuing_without_a_tick_takes_everything(desk, world):
    ids = [ask(world).pk for _ in range(2)]
    answer = desk.post("intake-choice", data={"shown": ids, "act": "next"})
    assert answer.url.endswith("/methode/")
    assert chosen(world) is None


def test_a_foreign_id_among_the_ticks_chooses_nothing_of_theirs(desk, world, stranger):
    mine = ask(world)
    stranger.post("intake-choice", data={"shown": [mine.pk], "ids": [mine.pk, "x", "9" * 30], "act": "next"})
    assert stranger.get("intake-method").context["ready"] == 0


def test_thrown_away_and_taken_back(desk, world):
    one, other = ask(world), ask(world)
    answer = desk.post("intake-throw", data={"ids": [one.pk], "back": "sort=name"}, follow=True)
    assert answer.redirect_chain[0][0].endswith("/importation/?sort=name")
    assert said(answer) == ["1 demande mise à la corbeille : elle peut en être reprise."]
    assert [row.request.pk for row in answer.context["rows"]] == [other.pk]
    page = words(desk.get("intake-bin"))
    assert one.reference in page
    assert world.by.name in page
    answer = desk.post("intake-take-back", data={"ids": [one.pk]}, follow=True)
    assert said(answer) == ["1 demande est de nouveau à traiter."]
    assert len(desk.get("intake").context["rows"]) == 2


def test_what_one_throws_away_leaves_ones_choice(desk, world):
    kept, thrown, _other = ask(world), ask(world), ask(world)
    drafting.choose(request_ids=[thrown.pk, kept.pk], by=world.by, at=NOW)
    desk.post("intake-throw", data={"ids": [thrown.pk]})
    assert chosen(world) == (kept.pk,)
    desk.post("intake-throw", data={"ids": [kept.pk]})
    assert chosen(world) is None
    page = words(desk.get("intake-method"))
    assert "a mis 1 demande" not in page
    assert "Continuer avec la demande" in words(desk.get("intake"))


def test_what_a_run_took_meanwhile_is_not_thrown_away(desk, world):
    taken = ask(world)
    Request.objects.filter(pk=taken.pk).update(claim="IN-00007")
    answer = desk.post("intake-throw", data={"ids": [taken.pk]}, follow=True)
    assert said(answer) == [f"{taken.reference} est prise par l’intégration IN-00007."]
    assert Request.objects.get().state == "pending"


def test_every_result_is_thrown_away_at_once(desk, world):
    for n in range(3):
        ask(world, legal_name=f"Mairie {n}")
    ask(world)
    answer = desk.post("intake-throw", data={"all": "1", "back": "text=mairie"}, follow=True)
    assert said(answer) == ["3 demandes mises à la corbeille : elles peuvent en être reprises."]
    assert Request.objects.filter(state="pending").count() == 1


def test_the_number_of_queries_is_the_same_for_one_row_and_for_many(desk, world):
    ask(world)
    desk.get("intake")
    with CaptureQueriesContext(connection) as few:
        desk.get("intake")
    for number in range(6):
        make_client(world.organisation, f"Maison {number}")
        ask(world, legal_name=f"Maison {number}", people=2)
    with CaptureQueriesContext(connection) as many:
        assert len(desk.get("intake").context["rows"]) == 7
    assert len(many) <= len(few)


@pytest.mark.parametrize("name", ["intake", "intake-bin", "intake-files", "intake-method", "runs", "intake-clients"])
def test_a_manager_does_not_come_in(world, name):
    assert Desk(make_staff(world.organisation, "manager")).get(name).status_code == 403
