"""What a request must show to be a client's without a person, and to be taken for one at all (B6, G2, T62)."""

import numpy as np
import pytest

from comptoir.clients import proof
from comptoir.clients.columns import Columns
from comptoir.clients.evidence import beside, compare
from comptoir.clients.identity import Identity
from comptoir.clients.keeping import keep
from comptoir.clients.matching import matches
from comptoir.clients.scanning import whole
from comptoir.clients.scoring import one_name
from comptoir.clients.traits import traits
from tests.factories import make_client, make_contact

HERE = {"city": "Annecy", "postcode": "74000"}
SIRET, OTHER_SITE = "73282932000074", "73282932000082"


def seen(left, right):
    """What the comparisons show of two records, as a request is judged by it."""
    columns = Columns()
    columns.add([traits(**left), traits(**right)])
    columns.close({}, 10_000)
    i, j = np.array([0]), np.array([1])
    found = compare(columns, i, j)
    found |= beside(columns, i, j) | {"undisputed": one_name(found)}
    return {name: some[0].item() for name, some in found.items()}


def enough(name, other=None, *, siret="", other_siret="", **shared):
    """Whether it is enough, when two records of these names share these texts; a pair is what each of them has."""
    left, right = {"name": name, **HERE, "siret": siret}, {"name": other or name, **HERE, "siret": other_siret}
    for field, text in shared.items():
        left[field], right[field] = text if isinstance(text, tuple) else (text, text)
    levels = seen(left, right)
    return proof.is_enough(levels), proof.lacking(levels)


DOOR, MOVED = "12 rue du Lac", ("12 rue du Lac", "4 avenue Foch")
PHONE, EMAIL, PERSON = "0450123456", "c.royer@novaline.exemple", "claire royer"


@pytest.mark.parametrize(("shared", "is_enough"), [
    ({}, True), ({"person": ("a roux", "b royer")}, False), ({"phone": ("0450123456", "0612345678")}, False),
    ({"phone": PHONE, "person": ("a roux", "b royer")}, True),
    ({"phone": PHONE}, True), ({"email": EMAIL}, True), ({"address": DOOR}, True),
    ({"person": PERSON}, True), ({"address": MOVED}, False), ({"address": MOVED, "phone": PHONE}, True),
    ({"siret": SIRET, "other_siret": SIRET}, True), ({"siret": SIRET, "other_siret": "732829320"}, True),
    ({"siret": SIRET, "other_siret": OTHER_SITE}, True),
    ({"siret": SIRET, "other_siret": OTHER_SITE, "address": MOVED}, False),
    ({"siret": SIRET, "other_siret": OTHER_SITE, "address": MOVED, "phone": PHONE}, True),
    ({"phone": PHONE, "postcode": ("74000", "69001")}, False),
    ({"siret": SIRET, "other_siret": SIRET, "postcode": ("74000", "69001")}, True),
])  # fmt: skip
def test_a_name_of_several_words_asks_for_one_thing_in_common(shared, is_enough):
    assert enough("Rivière Maçonnerie", **shared)[0] == is_enough


@pytest.mark.parametrize(("shared", "is_enough"), [
    ({"phone": PHONE}, False), ({"phone": PHONE, "address": DOOR}, False), ({"phone": PHONE, "person": PERSON}, False),
    ({"phone": PHONE, "email": EMAIL, "address": DOOR}, True),
    ({"phone": PHONE, "email": EMAIL, "person": PERSON}, True),
    ({"phone": PHONE, "email": EMAIL, "person": PERSON, "address": MOVED}, False),
    ({"siret": SIRET, "other_siret": SIRET}, True),
])  # fmt: skip
def test_a_name_of_one_word_may_be_that_of_several_firms(shared, is_enough):
    """The labelled siblings that were taken as certain: the owner's telephone, name and brand are those of all his."""
    found, why = enough("SASU Novaline", "Groupe Novaline", **shared)
    assert (found, why) == (is_enough, "à confirmer\u00a0: un nom d’un seul mot peut être celui de plusieurs sociétés")


def test_a_brand_is_not_the_brand_and_its_trade():
    shared = {"phone": PHONE, "email": EMAIL, "address": DOOR, "person": PERSON}
    assert not enough("Novaline", "Novaline Terrassement", **shared)[0]


def test_a_town_hall_is_its_town_and_a_town_its_department():
    assert enough("Mairie d’Annecy", "Ville d’Annecy")[0]
    assert not enough("Mairie d’Annecy", "Ville d’Annecy", address=MOVED)[0]
    found, why = enough("Mairie d’Annecy", "Ville d’Annecy", postcode=("74000", "17000"))
    assert (found, why) == (False, "à confirmer\u00a0: autre département")


def test_what_lacks_is_said():
    why = "à confirmer\u00a0: ni SIREN, ni téléphone, ni courriel, ni adresse en commun"
    assert enough("Rivière Maçonnerie", person=("a roux", "b royer")) == (False, why)


@pytest.mark.parametrize(("left", "right", "is_doubtful"), [
    ({"name": "Menuiserie Fabre"}, {"name": "Cabinet Oger"}, True),
    ({"name": "Menuiserie Fabre", "phone": PHONE}, {"name": "Cabinet Oger", "phone": PHONE}, False),
    ({"name": "Fabre Distribution", "email": "a@resto.exemple"}, {"name": "Cabinet Oger", "email": "b@resto.exemple"},
     False),
    ({"name": "Novaline Maçonnerie"}, {"name": "Novaline Terrassement"}, True),
    ({"name": "Novaline Maçonnerie", "siret": SIRET}, {"name": "Novaline Terrassement", "siret": SIRET}, False),
    ({"name": "Novaline Maçonnerie"}, {"name": "Novaline Maçonerie"}, False),
    ({"name": "CCAS d’Annecy", "email": "a@annecy.exemple"}, {"name": "Chorale Sirène", "email": "b@annecy.exemple"},
     True),
    ({"name": "École Jean Jaurès"}, {"name": "École Rosa Parks"}, False),
])  # fmt: skip
def test_names_that_tell_two_bodies_apart_are_proposed_by_a_certain_score_only(left, right, is_doubtful):
    left, right = ({**one, **HERE, "address": DOOR} for one in (left, right))
    assert proof.is_doubtful(seen(left, right)) == is_doubtful


def test_a_requester_of_the_same_name_is_left_to_a_person_and_a_scan_holds_the_pair_for_certain(here):
    own = {"city": "Annecy", "postcode": "74000", "phone": PHONE}
    client = make_client(here.organisation, "Groupe Novaline", address="21 rue du Lavoir", **own)
    twin = make_client(here.organisation, "Groupe Novaline", address="21 rue du Lavoir", **own)
    make_contact(client, last_name="Royer")
    keep([client.pk], organisation_id=here.organisation.pk, again=True)
    asked = Identity("SASU Novaline", address="93 boulevard Foch", person="Claire Royer", **own)
    found = matches([asked], organisation_id=here.organisation.pk)[0]
    assert (found.client_id, found.certainty) == (client.pk, "probable")
    assert "à confirmer\u00a0: un nom d’un seul mot" in found.reason
    assert whole(here.organisation.pk, step=lambda *_place: None)["certain"] == 1, twin.pk


def test_without_the_rule_the_sibling_is_certain(here, monkeypatch):
    """Sabotage: a certain score acts alone."""
    monkeypatch.setattr(proof, "is_enough", lambda levels: True)
    own = {"city": "Annecy", "postcode": "74000", "phone": PHONE}
    client = make_client(here.organisation, "Groupe Novaline", **own)
    found = matches([Identity("SASU Novaline", **own)], organisation_id=here.organisation.pk)[0]
    assert (found.client_id, found.certainty) == (client.pk, "certain")


ELSEWHERE = {"phone": "0240112233", "email": "luc@ailleurs.exemple", "address": "3 rue du Port", "person": "Luc Perret"}


@pytest.mark.parametrize(("name", "asked"), [
    ("Mairie de Bouguenais-sur-Loire", "Commune de Bouguenais sur Loire"),
    ("Mairie de Bouguenais", "COMMUNE DE BOUGUENAIS"),
])  # fmt: skip
def test_whoever_has_the_name_in_the_town_is_looked_at_whatever_else_changed(here, name, asked):
    there = {"city": "Bouguenais", "postcode": "44340"}
    told = {"phone": "0240004434", "email": "accueil@ici.exemple", "address": "1 place de la Mairie"}
    client = make_client(here.organisation, name, **told, **there)
    make_contact(client, "odile@ici.exemple", first_name="Odile", last_name="Brossard")
    keep([client.pk], organisation_id=here.organisation.pk, again=True)
    (found,) = matches([Identity(legal_name=asked, **ELSEWHERE, **there)], organisation_id=here.organisation.pk)
    assert found
    assert (found.client_id, found.is_certain) == (client.pk, False)


@pytest.mark.parametrize("other", [
    {"city": "Nantes", "postcode": "44000"}, {"siret": "55208131766522"}, {"legal_name": "École d’Annecy"},
])  # fmt: skip
def test_and_nobody_whom_town_siren_or_kind_tell_apart(here, other):
    told = {"phone": "0240004434", "email": "accueil@ici.exemple", "address": "1 place de la Mairie", "siret": SIRET}
    client = make_client(here.organisation, "Mairie d’Annecy", **told, **HERE)
    keep([client.pk], organisation_id=here.organisation.pk, again=True)
    asked = Identity(**({"legal_name": "Mairie d’Annecy"} | ELSEWHERE | HERE | other))
    assert matches([asked], organisation_id=here.organisation.pk) == [None]
