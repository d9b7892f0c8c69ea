"""Duplicates at the desk: found, compared, merged or told apart, undone, the emptied record deleted (G3–G6)."""

import pytest

from comptoir.clients.commands import duplicates as commands
from comptoir.clients.commands.clients import create_client
from comptoir.clients.models import Client as Record
from comptoir.clients.models import DuplicateScan, RefusedPair, Suspicion
from comptoir.merging.models import Merge
from tests.factories import NOW, PASSWORD, actor_of, make_client, make_contact, make_organisation, make_staff
from tests.web.desk.desk import Desk, said, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk(make_staff(make_organisation("loire")))


def record(desk, name="Mairie de Toulon", **fields):
    return make_client(desk.staff.organisation, name, city="Toulon", **fields)


def alike(desk, left, right, level="certain", score=0.98):
    first, second = sorted((left, right), key=lambda one: one.pk)
    return Suspicion.objects.create(
        organisation=desk.staff.organisation, left=first, right=second, level=level, score=score,
        reason="même nom, même commune",
    )  # fmt: skip


@pytest.fixture
def two(desk):
    left, right = record(desk), record(desk, "Commune de Toulon", phone="0494000000")
    alike(desk, left, right)
    return left, right


def compare(desk, *rows):
    return desk.get("duplicates-compare", query={"fiche": [one.pk for one in rows]})


def merge(desk, kept, *rows, **chosen):
    sent = {"cible": kept.number, "fiche": [one.pk for one in (kept, *rows)]}
    return desk.post("duplicates-merge", data=sent | {f"valeur-{name}": pk for name, pk in chosen.items()})


def delete(desk, row, **sent):
    return desk.post("client-delete", row.pk, data={"number": row.number, "password": PASSWORD} | sent)


def test_a_search_that_failed_is_said_and_asked_again(desk, two, monkeypatch):
    desk.post("duplicates-search")
    DuplicateScan.objects.update(state="failed", failure="Une erreur l’a arrêtée.", finished_at=NOW)
    page = words(desk.get("duplicates"))
    assert "La recherche s’est arrêtée avant la fin" in page
    assert "Une erreur l’a arrêtée." in page
    assert "Relancer la recherche" in page
    assert "Mairie de Toulon" in page, "what was found before"
    assert "Dernière recherche" not in page
    desk.post("duplicates-search")
    assert [one.state for one in DuplicateScan.objects.order_by("pk")] == ["failed", "waiting"]
    page = words(desk.get("duplicates"))
    assert "Recherche en attente de son tour" in page
    assert "Relancer" not in page


def test_groups_are_shown_by_colour_and_found_by_their_words(desk, two):
    far = [record(desk, f"Lycée {n}") for n in range(3)]
    for other in far[1:]:
        alike(desk, far[0], other, "probable", 0.4)
    page = words(desk.get("duplicates"))
    assert "Mairie de Toulon" in page
    assert "même nom, même commune" in page
    assert "98 %" in page
    assert "Lycée" not in page
    page = words(desk.get("duplicates", query={"niveau": "probable"}))
    assert all(f"Lycée {n}" in page for n in range(3)), "three that hold together are one group"
    assert page.count("Comparer") == 1
    assert "Rien ne correspond" in words(desk.get("duplicates", query={"q": "introuvable"}))
    assert "Commune de Toulon" in words(desk.get("duplicates", query={"q": "commune"}))


def test_those_nothing_is_said_of_are_listed_apart(desk, two):
    alone = record(desk, "Ateliers du Lac")
    page = words(desk.get("duplicates", query={"niveau": "none"}))
    assert alone.legal_name in page
    assert "Commune de Toulon" not in page
    assert "Rien ne correspond" in words(desk.get("duplicates", query={"niveau": "none", "q": "zz"}))


def test_before_any_search_the_page_says_what_to_do(desk):
    assert "n’ont pas encore été comparées" in words(desk.get("duplicates"))


def test_a_search_is_asked_for_watched_and_done(desk):
    for _ in range(2):
        create_client(legal_name="Mairie de Toulon", city="Toulon", by=actor_of(desk.staff), at=NOW)
    assert desk.post("duplicates-search").status_code == 302
    assert "Recherche en attente" in words(desk.get("duplicates-progress"))
    assert "Recherche en attente" in words(desk.get("duplicates"))
    commands.scan_due(at=NOW, limit=1)
    assert DuplicateScan.objects.get().state == "done"
    assert desk.get("duplicates-progress")["HX-Refresh"] == "true"
    assert "Mairie de Toulon" in words(desk.get("duplicates", query={"niveau": Suspicion.objects.get().level}))


def test_only_those_who_keep_clients_come_in(desk, two):
    manager = Desk(make_staff(desk.staff.organisation, "manager"))
    for name in ("duplicates", "duplicates-compare", "merges"):
        assert manager.get(name).status_code == 403
    for name in ("duplicates-search", "duplicates-merge", "duplicates-refuse"):
        assert manager.post(name).status_code == 403


def test_side_by_side_the_fuller_record_is_proposed_and_a_missing_value_taken(desk, two):
    make_contact(two[1], "claire@exemple.fr")
    page = compare(desk, *two)
    assert page.context["kept"] == two[1]
    rows = {row.name: row for row in page.context["rows"]}
    assert rows["legal_name"].differs
    assert not rows["city"].differs
    assert [one.client_id for one in rows["phone"].values if one.is_kept] == [two[1].pk]
    assert [(str(one.label), one.count) for one in page.context["clients"][1]["held"]] == [("Interlocuteurs", 1)]


def test_merged_by_the_values_chosen_then_undone(desk, two):
    kept, double = two
    make_contact(double, "claire@exemple.fr")
    answer = merge(desk, kept, double, legal_name=double.pk, phone=double.pk)
    assert answer.url.startswith(desk.address("merges"))
    kept.refresh_from_db()
    assert (kept.legal_name, kept.contacts.count()) == ("Commune de Toulon", 1)
    assert "Annuler la fusion" in words(desk.get("merges"))
    assert "a été fusionnée dans une autre" in words(desk.get("client", double.pk))
    answer = desk.post("merge-undo", Merge.objects.get().pk, follow=True)
    assert said(answer) == ["La fusion est annulée."]
    kept.refresh_from_db()
    assert (kept.legal_name, double.contacts.count()) == ("Mairie de Toulon", 1)
    assert "annulée" in words(desk.get("merges"))
    assert desk.post("merge-undo", Merge.objects.get().pk).status_code == 409


def test_a_merge_without_a_target_is_refused_with_what_was_chosen(desk, two):
    page = desk.post("duplicates-merge", data={"fiche": [one.pk for one in two], "cible": "C999999"})
    assert page.status_code == 422
    assert "Aucun client ne porte ce numéro" in words(page)
    assert Merge.objects.count() == 0


def test_one_record_alone_is_nothing_to_compare(desk, two):
    assert "Il faut deux fiches" in words(compare(desk, two[0]))
    assert "Il faut deux fiches" in words(desk.get("duplicates-compare", query={"fiche": ["x", "9" * 30]}))


def test_not_a_duplicate_is_remembered(desk, two):
    answer = desk.post("duplicates-refuse", data={"fiche": [one.pk for one in two]}, follow=True)
    assert said(answer) == ["C’est retenu : ces fiches sont des clients différents."]
    assert (RefusedPair.objects.count(), Suspicion.objects.count()) == (1, 0)


def test_of_a_group_every_pair_is_told_apart_and_of_one_record_nothing_is_said(desk, two):
    three = [*two, record(desk, "Ville de Toulon")]
    assert desk.post("duplicates-refuse", data={"fiche": [two[0].pk]}).status_code == 422
    assert RefusedPair.objects.count() == 0
    desk.post("duplicates-refuse", data={"fiche": [one.pk for one in three]})
    assert RefusedPair.objects.count() == 3


def test_told_apart_is_all_or_nothing(desk, two):
    stranger = make_client(make_organisation("ailleurs"), "Mairie d’ailleurs")
    assert desk.post("duplicates-refuse", data={"fiche": [*(one.pk for one in two), stranger.pk]}).status_code == 404
    assert (RefusedPair.objects.count(), Suspicion.objects.count()) == (0, 1)


def test_the_emptied_record_is_deleted_by_its_number(desk, two):
    kept, double = two
    assert desk.get("client-delete", double.pk).status_code == 409, "it is nobody's double yet"
    merge(desk, kept, double)
    assert "son numéro mène toujours" in words(desk.get("client-delete", double.pk))
    wrong = delete(desk, double, number="C000000")
    assert (wrong.status_code, Record.objects.count()) == (422, 2)
    assert 'value="C000000"' in wrong.content.decode()
    assert delete(desk, double).status_code == 302
    assert list(Record.objects.all()) == [kept]
    assert "supprimée" in words(desk.get("merges"))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("", "Écrivez votre mot de passe."), ("un autre mot", "Ce n’est pas votre mot de passe.")],
)
def test_an_open_session_is_not_enough_to_delete(desk, two, typed, sentence):
    merge(desk, *two)
    page = delete(desk, two[1], password=typed)
    assert (page.status_code, Record.objects.count()) == (422, 2)
    assert sentence in words(page)
    assert f'value="{two[1].number}"' in page.content.decode(), "the number stays"
    assert not typed or typed not in page.content.decode(), "the password does not"


def test_passwords_tried_at_the_deletion_count_with_those_of_signing_in(desk, two):
    merge(desk, *two)
    pages = [words(delete(desk, two[1], password=f"essai numéro {n}")) for n in range(12)]
    assert "Trop d’essais" in pages[-1]
    assert "Trop d’essais" in words(delete(desk, two[1])), "the right one waits too"
    assert Record.objects.count() == 2


def test_what_still_hangs_on_it_is_said(desk, two):
    kept, double = two
    merge(desk, kept, double)
    make_contact(double, "apres@exemple.fr")
    page = words(desk.get("client-delete", double.pk))
    assert "Elle porte encore : Interlocuteurs (1)" in page
    assert delete(desk, double).status_code == 422


def test_its_own_page_ranks_what_resembles_it(desk, two):
    page = words(desk.get("client", two[0].pk))
    assert "Ressemblent à cette fiche" in page
    assert "Commune de Toulon" in page


def test_another_organisation_finds_nothing(desk, two):
    stranger = Desk(make_staff(make_organisation("ailleurs")))
    assert compare(stranger, *two).status_code == 404
    assert merge(stranger, *two).status_code == 404
    assert stranger.post("duplicates-refuse", data={"fiche": [one.pk for one in two]}).status_code == 404
    merge(desk, *two)
    assert stranger.post("merge-undo", Merge.objects.get().pk).status_code == 404
    assert stranger.get("client-delete", two[1].pk).status_code == 404
    assert "Mairie" not in words(stranger.get("duplicates"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number(desk, count, django_assert_num_queries):
    for n in range(count):
        alike(desk, record(desk, f"Un {n}"), record(desk, f"Deux {n}"))
    desk.get("duplicates")
    with django_assert_num_queries(13):
        desk.get("duplicates")


def test_a_record_already_merged_is_no_duplicate_any_more(desk, two):
    merge(desk, *two)
    alike(desk, *two)  # as the next search finds them: their names are what they were
    assert "Commune de Toulon" not in words(desk.get("duplicates"))
    assert "Commune de Toulon" not in words(desk.get("duplicates", query={"niveau": "none"}))


def test_two_said_to_be_two_are_listed_and_taken_back(desk, two):
    assert "Aucune fiche distincte" in words(desk.get("duplicates-apart"))
    desk.post("duplicates-refuse", data={"fiche": [one.pk for one in two]})
    page = words(desk.get("duplicates-apart"))
    assert all(one.legal_name in page for one in two)
    assert desk.staff.user.full_name in page
    ids = {"fiche": two[1].pk, "autre": two[0].pk}
    answer = desk.post("duplicates-allow", data=ids, follow=True)
    assert said(answer) == ["C’est noté : la prochaine recherche comparera ces deux fiches."]
    assert RefusedPair.objects.count() == 0
    assert desk.post("duplicates-allow", data=ids).status_code == 302
    stranger = Desk(make_staff(make_organisation("ailleurs")))
    assert stranger.post("duplicates-allow", data=ids).status_code == 404
    assert desk.post("duplicates-allow", data={"fiche": "x"}).status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_the_pairs_told_apart_cost_the_same_for_any_number(desk, count, django_assert_num_queries):
    for n in range(count):
        ids = [record(desk, f"{name} {n}").pk for name in ("Un", "Deux")]
        desk.post("duplicates-refuse", data={"fiche": ids})
    desk.get("duplicates-apart")
    with django_assert_num_queries(11):
        desk.get("duplicates-apart")


def test_its_page_leads_to_all_that_share_its_words(desk, two):
    far = make_client(desk.staff.organisation, "Office de tourisme de Toulon", city="Toulon")
    assert desk.address("client-words", two[0].pk) in desk.get("client", two[0].pk).content.decode()
    page = words(desk.get("client-words", two[0].pk))
    assert far.legal_name in page
    assert "Aucune autre fiche" in words(desk.get("client-words", record(desk, "Zythologie").pk))
    assert Desk(make_staff(make_organisation("ailleurs"))).get("client-words", two[0].pk).status_code == 404
