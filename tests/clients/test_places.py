"""Several addresses, phones and e-mails of one client; and who settles its invoices."""

import pytest

from comptoir.base.errors import Forbidden, Invalid, Missing, Refusal
from comptoir.clients import queries
from comptoir.clients.commands import clients as commands
from comptoir.clients.commands import places
from comptoir.clients.models import Place
from comptoir.journal.models import Entry
from tests.factories import NOW, actor_of, make_client, make_organisation, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return make_client(make_organisation(), "Ateliers du Lac", city="Annecy")


@pytest.fixture
def by(client):
    return actor_of(make_staff(client.organisation, "assistant"))


def add(client, by, **details):
    return places.add_place(
        client_id=client.pk, by=by, at=NOW, **({"label": "Site de Blois", "city": "Blois"} | details)
    )


def change(client, by, **details):
    return commands.change_client(client_id=client.pk, by=by, at=NOW, **details)


def test_added_found_by_its_words_changed_and_removed(client, by):
    pk = add(client, by, phone="02 54 00 00 01", email="blois@exemple.fr", address="3 quai Villebois-Mareuil")
    assert [one.label for one in queries.places(client.pk, seen_by=by)] == ["Site de Blois"]
    for text in ("blois", "0254000001", "villebois annecy"):
        assert list(queries.clients(seen_by=by, text=text)) == [client], text
    assert places.change_place(place_id=pk, by=by, at=NOW, label="Site de Blois", city="Blois", phone="") == ["phone"]
    assert places.change_place(place_id=pk, by=by, at=NOW, phone="") == []
    places.remove_place(place_id=pk, by=by, at=NOW)
    assert not Place.objects.exists()
    acts = ["client.place-added", "client.place-changed", "client.place-removed"]
    assert [one.what for one in Entry.objects.filter(about=client.number).order_by("pk")] == acts


@pytest.mark.parametrize(
    ("details", "field"),
    [
        ({"label": " "}, "label"),
        ({"city": ""}, "address"),
        ({"phone": "12"}, "phone"),
        ({"email": "blois"}, "email"),
        ({"address": "x" * 251}, "address"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(client, by, details, field):
    with pytest.raises(Invalid) as refused:
        add(client, by, **details)
    assert refused.value.field == field
    assert not Place.objects.exists()


def test_only_of_ones_own_organisation_by_those_who_keep_clients(client, by):
    pk = add(client, by)
    stranger = actor_of(make_staff(make_organisation()))
    manager = actor_of(make_staff(client.organisation, "manager"))
    for who, refusal in ((stranger, Missing), (manager, Forbidden)):
        for act in (lambda who=who: add(client, who), lambda who=who: places.remove_place(place_id=pk, by=who, at=NOW)):
            with pytest.raises(refusal):
                act()
    with pytest.raises(Missing):
        queries.place(pk, seen_by=stranger)
    assert Place.objects.count() == 1


def test_the_payer_is_another_client_named_by_its_number(client, by):
    payer = make_client(client.organisation, "Agglomération d’Annecy")
    assert change(client, by, payer_number=payer.number.lower()) == ["payer"]
    assert change(client, by, payer_number=payer.number) == []
    assert change(client, by, city="Annecy") == [], "what is left out keeps its value"
    assert queries.client(client.pk, seen_by=by).payer == payer
    made = commands.create_client(legal_name="CCAS", payer_number=payer.number, by=by, at=NOW)
    assert queries.client(made, seen_by=by).payer == payer
    assert change(client, by, payer_number="") == ["payer"]
    assert queries.client(client.pk, seen_by=by).payer is None


def test_a_payer_that_is_not_one_is_refused(client, by):
    stranger = make_client(make_organisation(), "Ailleurs")
    for number in ("C999999", stranger.number, client.number):
        with pytest.raises(Refusal) as refused:
            change(client, by, payer_number=number)
        assert refused.value.field == "payer_number"
