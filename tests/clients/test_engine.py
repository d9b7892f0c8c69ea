"""The engine on the rules of the issue: what is certain, what is only probable, what is nobody (G3)."""

import numpy as np
import pytest

from comptoir.clients import blocking, scoring
from comptoir.clients.columns import Columns
from comptoir.clients.traits import restored, traits

SIRET = "73282932000074"


def judged(left, right):
    """The level and the reason of one pair, in a base where words are as common as in these two."""
    columns = Columns()
    columns.add([traits(**left), traits(**right)])
    columns.close({}, 10_000)
    found = scoring.score(columns, np.array([0]), np.array([1]))
    level = "certain" if found.certain[0] else "probable" if found.probable[0] else "none"
    return level, scoring.reasons(found.levels, [0])[0]


def toulon(name, **more):
    return {"name": name, "city": "Toulon", "postcode": "83000", **more}


SAME = {"phone": "04 94 00 00 01", "email": "contact@mairie-toulon.fr", "address": "12 rue du Port", "siret": SIRET}


@pytest.mark.parametrize("other", ["Commune de TOULON - Service formation", "VILLE DE TOULON", "Mairie Toulon"])
def test_one_town_hall_however_it_is_written(other):
    level, reason = judged(toulon("Mairie de Toulon", **SAME), toulon(other, **SAME))
    assert level == "certain"
    assert reason.startswith("même SIRET")
    assert "même commune" in reason


def test_an_annexe_is_never_certain():
    for more in ({}, {"phone": "04 94 00 00 01"}, {"email": "contact@mairie-toulon.fr", "address": "12 rue du Port"}):
        assert judged(toulon("Mairie de Toulon", **more), toulon("Mairie de Toulon Ouest", **more))[0] != "certain"


def test_toulon_is_not_toulouse():
    left = toulon("Mairie de Toulon")
    right = {"name": "Mairie de Toulouse", "city": "Toulouse", "postcode": "31000"}
    assert judged(left, right)[0] == "none"


def test_one_brand_in_two_towns_is_two_clients():
    left = {"name": "Maxi Frais Orléans", "city": "Orléans", "postcode": "45000", "siret": SIRET}
    right = {"name": "Maxi Frais", "city": "Lyon", "postcode": "69003", "siret": "73282932000082"}
    assert judged(left, right)[0] != "certain"


def test_another_siren_is_never_certain():
    left = toulon("Ateliers du Lac", siret=SIRET, phone="0494000001", address="3 rue du Port")
    assert judged(left, {**left, "siret": "55210055400013"})[0] != "certain"


def test_without_what_stands_against_a_score_alone_would_be_certain(monkeypatch):
    """Sabotage: the rule taken away, an annexe is taken for its town hall."""
    monkeypatch.setattr(scoring, "against", lambda found: np.zeros(len(found["town"]), bool))
    monkeypatch.setattr(scoring, "CERTAIN", 0.0)
    columns = Columns()
    columns.add([traits(**toulon("Mairie de Toulon", **SAME)), traits(**toulon("Mairie de Toulon Ouest", **SAME))])
    assert scoring.score(columns.close({}, 100), np.array([0]), np.array([1]), certain=0.0).certain[0]


def test_acronyms_saints_accents_and_order():
    left = {"name": "C.H.U. de Saint-Étienne", "city": "ST ETIENNE CEDEX 2", "postcode": "42055"}
    right = {"name": "CENTRE HOSPITALIER UNIVERSITAIRE DE ST ETIENNE", "city": "Saint-Étienne", "postcode": "42000"}
    assert traits(**left).name == traits(**right).name
    assert traits(**left).town == traits(**right).town
    assert traits(name="Martin Plomberie SARL").words == traits(name="S.A.R.L. plomberie MARTIN").words


def test_traits_are_stored_on_one_line_and_read_back():
    one = traits(**toulon("Mairie\tde Toulon\n", **SAME))
    assert restored(one.stored()) == one


@pytest.mark.parametrize("name", ["", "?", "a" * 10_000, "mot " * 3000, "\0\x1f\t", "社団法人"])
def test_hostile_names_cost_no_more_than_others(name):
    one = traits(name=name, city=name, address=name, phone=name, email=name, siret=name, person=name)
    assert len(one.stored()) < 1500
    assert len(blocking.keys(one)) < 60
    judged({"name": name}, {"name": name})


def test_a_crowd_of_one_name_makes_few_pairs():
    key, place = np.zeros(100_000, np.int64), np.arange(100_000, dtype=np.int32)
    left, right = blocking.pairs(key, place, 100_000)
    assert len(left) <= 100_000 * blocking.NEIGHBOURS
    assert (left < right).all()
