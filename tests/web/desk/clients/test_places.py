"""At the desk: a client's other addresses, and its payer."""

import pytest

from comptoir.clients.models import Place
from tests.factories import make_client, make_organisation
from tests.web.desk.clients.conftest import HOME, text


@pytest.fixture
def lake(organisation):
    return make_client(organisation, "SARL Ateliers du Lac", city="Annecy")


def test_added_changed_and_removed(desk, lake):
    new = f"{HOME}{lake.pk}/coordonnees/nouvelles/"
    assert desk.get(new).status_code == 200
    refused = desk.post(new, {"label": "", "city": "Blois"})
    assert refused.status_code == 422
    assert 'value="Blois"' in refused.content.decode(), "what was typed stays"
    desk.post(new, {"label": "Site de Blois", "city": "Blois", "phone": "02 54 00 00 01"})
    place = Place.objects.get()
    assert "Site de Blois" in text(desk.get(f"{HOME}{lake.pk}/"))
    desk.post(f"{HOME}coordonnees/{place.pk}/", {"label": "Facturation", "city": "Blois"})
    place.refresh_from_db()
    assert (place.label, place.phone) == ("Facturation", "")
    assert desk.get(f"{HOME}coordonnees/{place.pk}/retrait/").status_code == 200
    assert Place.objects.exists(), "looking removes nothing"
    desk.post(f"{HOME}coordonnees/{place.pk}/retrait/")
    assert not Place.objects.exists()


def test_of_another_organisation_there_is_none(desk, lake):
    stranger = make_client(make_organisation("ailleurs"), "Ailleurs")
    place = Place.objects.create(client=stranger, label="Siège", city="Blois")
    for address in (
        f"{stranger.pk}/coordonnees/nouvelles/",
        f"coordonnees/{place.pk}/",
        f"coordonnees/{place.pk}/retrait/",
    ):
        assert desk.get(HOME + address).status_code == 404
        assert desk.post(HOME + address, {"label": "Siège", "city": "Tours"}).status_code == 404


def test_the_payer_is_typed_by_its_number_and_shown(desk, lake, organisation):
    payer = make_client(organisation, "Agglomération d’Annecy")
    edit = f"{HOME}{lake.pk}/modifier/"
    typed = {"legal_name": lake.legal_name, "kind": "firm", "city": "Annecy"}
    refused = desk.post(edit, typed | {"payer_number": "C999999"})
    assert refused.status_code == 422
    assert "Aucun client ne porte ce numéro." in text(refused)
    desk.post(edit, typed | {"payer_number": payer.number})
    assert "Agglomération d’Annecy" in text(desk.get(f"{HOME}{lake.pk}/"))
    assert f'value="{payer.number}"' in desk.get(edit).content.decode()
