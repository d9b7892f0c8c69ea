"""Requesters looked up in the base: by each key, in batches, in one organisation, refused ones left out (B6, B7)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.base.errors import Forbidden, Missing
from comptoir.clients import lookup, queries
from comptoir.clients.commands.matches import allow_match, refuse_match
from comptoir.clients.matching import Identity
from comptoir.clients.models import Client, RefusedMatch
from comptoir.clients.states import Certainty
from comptoir.journal.models import Entry
from comptoir.organisations.actors import visitor
from tests.factories import NOW, make_client, make_contact

SIRET = "73282932000074"


def found(where, *identities):
    return queries.matches(identities, organisation_id=where.organisation.pk)


def who(where, *identities):
    return [match and (match.legal_name, match.certainty.value, match.reason) for match in found(where, *identities)]


def test_each_key_finds_its_client_and_the_order_is_kept(here):
    make_client(here.organisation, "Ateliers du Lac", siret=SIRET)
    make_client(here.organisation, "Mairie de Sète", number="C000777", city="Sète")
    make_contact(make_client(here.organisation, "Clinique du Parc"), "Claire@exemple.fr")
    make_client(here.organisation, "Lycée Jean Moulin", email="contact@lycee.fr", city="Béziers")
    assert who(
        here, Identity("Inconnu"), Identity("Ateliers du Lac", siret="732 829 320 00074"),
        Identity("Mairie de Sète", client_number="777"), Identity("Clinique du parc", email="claire@exemple.FR"),
        Identity("Lycée J. Moulin", email="contact@lycee.fr"), Identity("LYCEE JEAN MOULIN", city="Beziers"),
        Identity(),
    ) == [
        None,
        ("Ateliers du Lac", "certain", "même SIRET, même nom"),
        ("Mairie de Sète", "certain", "numéro client C000777, même nom"),
        ("Clinique du Parc", "certain", "même adresse de courriel, même nom, à la casse et aux accents près"),
        ("Lycée Jean Moulin", "certain", "même adresse de courriel"),
        ("Lycée Jean Moulin", "certain", "même nom, à la casse et aux accents près, même commune"),
        None,
    ]  # fmt: skip


def test_another_organisations_clients_are_nobody(here, elsewhere):
    client = make_client(elsewhere.organisation, "Ateliers du Lac", siret=SIRET, email="a@exemple.fr")
    make_contact(client, "b@exemple.fr")
    identities = [Identity("Ateliers du Lac", siret=SIRET, client_number=client.number, email=mail)
                  for mail in ("a@exemple.fr", "b@exemple.fr")]  # fmt: skip
    assert found(here, *identities) == [None, None]


def test_a_crowd_of_one_name_does_not_hide_the_one_in_its_town(here):
    for number in range(30):
        make_client(here.organisation, "EHPAD La Source", city=f"Ville {chr(65 + number)}ac")
    make_client(here.organisation, "EHPAD La Source", city="Lunel")
    match = found(here, Identity("E.H.P.A.D. La Source", city="LUNEL CEDEX"))[0]
    assert (match.certainty, Client.objects.get(pk=match.client_id).city) == (Certainty.CERTAIN, "Lunel")
    assert found(here, Identity("EHPAD La Source", city="Mende")) == [None]


@pytest.mark.parametrize("count", [1, 3, lookup.BATCH])
def test_the_statements_do_not_grow_with_the_requesters(count, here):
    make_contact(make_client(here.organisation, "Ateliers du Lac", siret=SIRET), "a@exemple.fr")
    one = {"siret": SIRET, "client_number": "C000001", "email": "a@exemple.fr", "city": "Sète"}
    with CaptureQueriesContext(
        connection,
    ) as captured:
        found(here, *(Identity(f"Ateliers {number}", **one) for number in range(count)))
    assert len(captured) == 8


def test_a_refused_match_is_remembered_and_can_be_taken_back(here, elsewhere):
    client = make_client(here.organisation, "Ateliers du Lac", siret=SIRET)
    identity = Identity("ATELIERS DU LAC", siret=SIRET, email="a@exemple.fr")
    decision = {"client_id": client.pk, "identity": identity, "by": here.by, "at": NOW}
    for _twice in range(2):
        refuse_match(**decision)
    assert found(here, identity, Identity("ateliers du lac", siret=SIRET, email="A@exemple.fr")) == [None, None]
    assert found(here, Identity("ATELIERS DU LAC", siret=SIRET, email="autre@exemple.fr"))[0].is_certain
    for _twice in range(2):
        allow_match(**decision)
    assert found(here, identity)[0].client_id == client.pk
    assert list(Entry.objects.order_by("id").values_list("what", flat=True)) == [
        "client.match-refused", "client.match-allowed",
    ]  # fmt: skip
    for by, refusal in ((elsewhere.by, Missing), (visitor(here.organisation.pk), Forbidden)):
        with pytest.raises(refusal):
            refuse_match(**{**decision, "by": by})
    assert not RefusedMatch.objects.exists()


def test_the_next_best_is_proposed_once_the_first_is_refused(here):
    first = make_client(here.organisation, "Ateliers du Lac", siret=SIRET)
    second = make_client(here.organisation, "Ateliers du Lac", city="Annecy")
    identity = Identity("Ateliers du Lac", siret=SIRET, city="Annecy")
    assert found(here, identity)[0].client_id == first.pk
    refuse_match(client_id=first.pk, identity=identity, by=here.by, at=NOW)
    assert found(here, identity)[0].client_id == second.pk
