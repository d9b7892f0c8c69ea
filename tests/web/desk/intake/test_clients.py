"""Who a request is from: chosen by typing, taken away, created (B6, B7)."""

import pytest

from comptoir.clients.models import Client, RefusedMatch
from comptoir.preregistrations.models import Request
from tests.factories import make_client
from tests.integration.conftest import ask
from tests.web.desk.desk import said, words


def suggested(desk, text):
    return desk.get("intake-clients", query={"q": text}).json()


def test_the_type_ahead_proposes_clients(desk, world):
    make_client(world.organisation, "Mairie de Rezé", siret="73282932000074", city="Rezé")
    found = suggested(desk, "reze")
    assert [(one["label"], "73282932000074" in one["detail"]) for one in found["results"]] == [("Mairie de Rezé", True)]
    assert found["said"] == "1 client proposé"
    assert suggested(desk, "zz")["nothing"] == "Aucun client de ce nom, de ce numéro ou de ce SIRET."


def test_the_type_ahead_never_shows_another_organisation(stranger, world):
    assert suggested(stranger, "ateliers")["results"] == []


def test_a_client_picked_in_the_list_swaps_the_row_alone(desk, world):
    request = ask(world, legal_name="Inconnu")
    answer = desk.htmx("intake-choose-client", request.reference, data={f"client-{request.pk}": world.client.pk})
    page = words(answer)
    assert page.startswith("<tr")
    assert "Choisi à la main" in page
    assert "autofocus" in page
    assert Request.objects.get().chosen_client == world.client


def test_without_scripts_the_text_is_looked_up(desk, world):
    request = ask(world, legal_name="Inconnu")
    answer = desk.post(
        "intake-choose-client", request.reference, data={f"text-{request.pk}": "Ateliers du", "back": "page=2"}
    )
    assert answer.url.endswith("/importation/?page=2")
    assert Request.objects.get().chosen_client == world.client


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Ateliers", "Plusieurs clients répondent à « Ateliers » : précisez."),
        ("zzz", "Aucun client ne répond à « zzz »."),
        ("\0zzz", "Aucun client ne répond à « zzz »."),
    ],
)
def test_an_unclear_text_leads_to_the_page_of_the_request(desk, world, text, sentence):
    make_client(world.organisation, "Ateliers de la Mer")
    request = ask(world, legal_name="Inconnu")
    answer = desk.post("intake-choose-client", request.reference, data={f"text-{request.pk}": text}, follow=True)
    assert said(answer) == [sentence]
    assert answer.redirect_chain[-1][0].endswith(f"/demandes/{request.reference}/")


def test_a_wrong_client_is_taken_away_and_not_proposed_again(desk, world):
    request = ask(world)
    page = words(desk.htmx("intake-refuse-client", request.reference, data={"client": world.client.pk}))
    assert "Inconnu" in page
    assert RefusedMatch.objects.count() == 1
    assert "Inconnu" in words(desk.get("intake"))


def test_a_signed_in_client_is_not_taken_away(desk, world):
    request = ask(world, client=world.client)
    assert "Retirer l’association" not in words(desk.get("intake"))
    answer = desk.htmx("intake-refuse-client", request.reference, data={"client": world.client.pk})
    assert answer.status_code == 409
    assert "s’était identifié" in words(answer)


def test_another_can_be_chosen_for_a_signed_in_client_and_taken_away(desk, world):
    other = make_client(world.organisation, "Autre maison")
    request = ask(world, client=world.client)
    desk.post("intake-choose-client", request.reference, data={"client": other.pk})
    assert "Choisi à la main" in words(desk.get("intake"))
    desk.post("intake-refuse-client", request.reference, data={"client": other.pk})
    assert "Client connecté à son espace" in words(desk.get("intake"))


def test_the_client_is_created_once_for_two_clicks(desk, world):
    request = ask(world, legal_name="Menuiserie Bocage")
    for _click in range(2):
        desk.post("intake-create-client", request.reference)
    made = Client.objects.get(legal_name="Menuiserie Bocage")
    assert Request.objects.get().chosen_client == made
    assert made.contacts.get().email == "claire@exemple.fr"


def test_a_client_made_meanwhile_is_shown_before_another_is_made(desk, world):
    first, second = ask(world, legal_name="Menuiserie Bocage"), ask(world, legal_name="MENUISERIE BOCAGE")
    desk.post("intake-create-client", first.reference)
    made = Client.objects.get(legal_name="Menuiserie Bocage")
    answer = desk.htmx("intake-create-client", second.reference)
    page = words(answer)
    assert answer.status_code == 409
    assert f"Choisir {made.number}" in page
    assert "Créer quand même" in page
    desk.post("intake-create-client", second.reference, data={"anyway": "1"})
    assert Client.objects.filter(name_key=made.name_key).count() == 2


@pytest.mark.parametrize("name", ["intake-choose-client", "intake-refuse-client", "intake-create-client"])
def test_another_organisation_sees_nothing(stranger, world, name):
    request = ask(world)
    assert stranger.post(name, request.reference, data={"client": world.client.pk}).status_code == 404


def test_a_client_of_another_organisation_cannot_be_chosen(desk, world, stranger):
    theirs = make_client(stranger.staff.organisation)
    request = ask(world, legal_name="Inconnu")
    desk.post("intake-choose-client", request.reference, data={"client": theirs.pk})
    assert Request.objects.get().chosen_client is None


def test_what_a_run_took_meanwhile_is_said(desk, world):
    request = ask(world, legal_name="Inconnu")
    Request.objects.filter(pk=request.pk).update(claim="IN-00003")
    answer = desk.htmx("intake-choose-client", request.reference, data={"client": world.client.pk})
    assert answer.status_code == 409
    assert "est prise par l’intégration IN-00003" in words(answer)
