"""The engine on the rules of the issue: what is certain, what is only probable, what is nobody (G3)."""

import numpy as np
import pytest

from comptoir.base.speaking import speaking
from comptoir.clients import blocking, scoring
from comptoir.clients.columns import Columns
from comptoir.clients.evidence import LEVELS
from comptoir.clients.traits import restored, traits

SIRET = "73282932000074"


def scored(left, right):
    """One pair on the scales, in a base where words are as common as in these two."""
    columns = Columns()
    columns.add([traits(**left), traits(**right)])
    columns.close({}, 10_000)
    return scoring.score(columns, np.array([0]), np.array([1]))


def judged(left, right):
    """The level and the reason of one pair."""
    found = scored(left, right)
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
        assert judged(toulon("Mairie de Toulon", **more), toulon("Mairie de Toulon Ouest", **more))[0] == "probable"


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


def test_one_name_in_one_town_with_nothing_against_it_is_certain_in_any_base():
    assert judged(toulon("Mairie de Toulon"), toulon("Ville de Toulon"))[0] == "certain"
    for against in ({"phone": "0612345678"}, {"address": "1 rue Haute"}, {"email": "b@autre.exemple"}):
        found = scored(toulon("Ateliers du Lac", **SAME), toulon("Ateliers du Lac", **{**SAME, **against, "siret": ""}))
        assert not scoring.one_name(found.levels)[0], against


def test_a_part_of_a_name_asks_for_more_unless_the_siren_is_shared():
    left = toulon("Ateliers du Lac Nettoyage", phone="0494000001", address="3 rue du Port")
    right = toulon("Ateliers du Lac", phone="0494000001", address="3 rue du Port")
    assert scoring.doubtful(scored(left, right).levels)[0]
    assert not scoring.doubtful(scored({**left, "siret": SIRET}, {**right, "siret": SIRET}).levels)[0]


def test_another_quarter_is_never_certain_even_under_one_siret():
    left, right = toulon("Mairie annexe de Toulon Est", **SAME), toulon("Mairie annexe de Toulon Ouest", **SAME)
    assert judged(left, right)[0] == "probable"


@pytest.mark.parametrize(("name", "other"), [
    ("CD 74", "Conseil départemental de la Haute-Savoie"), ("SDIS45", "Sapeurs-pompiers du Loiret"),
    ("ADPC 35", "Protection civile d’Ille-et-Vilaine"), ("PM Toulon", "Police municipale de Toulon"),
    ("SIVOM de Toulon", "Syndicat intercommunal à vocation multiple de Toulon"),
    ("Amicale pompiers Toulon", "A.S.P. de Toulon"), ("Mairie de Toulonn", "Mairie de Toulon"),
    ("Mairie de Toulon, service des sports", "Mairie de Toulon"), ("CCAS Toulon", "Centre d’action sociale de Toulon"),
    ("Mairie de Toulon Saint-Jean", "Ville de Toulon - Mairie de quartier Saint-Jean"),
])  # fmt: skip
def test_one_body_under_two_names(name, other):
    one, two = (traits(**toulon(text)) for text in (name, other))
    assert (one.kind, one.words) == (two.kind, two.words)


def test_a_department_is_a_number_for_its_own_bodies_only():
    assert "nord" in traits(name="Menuiserie du Nord").words
    assert traits(name="Préfecture du Nord").words == "59"


def test_an_address_at_a_provider_says_nothing_however_it_ends():
    for host in ("gmail.fr", "orange.com", "ac-lyon.fr", "interieur.gouv.fr"):
        assert traits(name="A", email=f"a@{host}").domain == ""
    assert traits(name="A", email="a@monsieurgouv.fr").domain == "monsieurgouv.fr"


def test_a_mistyped_siren_denies_nobody():
    left = toulon("Ateliers du Lac", siret=SIRET)
    assert scored(left, {**left, "siret": "55210055400014"}).levels["siren"][0] == LEVELS["siren"].index("other")
    assert scored(left, {**left, "siret": "55210055500013"}).levels["siren"][0] == LEVELS["siren"].index("unknown")
    assert scored(left, {**left, "siret": "73282932100074"}).levels["siren"][0] == LEVELS["siren"].index("near")


def test_a_town_in_the_name_of_a_record_without_one_is_no_word_of_its_own():
    placed, bare = toulon("IFSI du CHU de Toulon"), {"name": "IFSI - C.H.U. de Toulon", "postcode": "83057"}
    assert scored(placed, bare).levels["name"][0] == LEVELS["name"].index("same")


def test_a_record_without_a_town_is_met_by_its_name():
    def meet(left, right):
        return blocking.keys_asked(traits(**left)) & blocking.keys(traits(**right))

    assert meet({"name": "MJC Clairbourg"}, {"name": "M.J.C. de Clairbourg", "city": "Clairbourg"})
    assert meet({"name": "Dupré Isolation Albi"}, {"name": "Dupré", "city": "Albi"})
    assert meet({"name": "Rapilo Transports", "city": "Lyon"}, {"name": "SAS Rapilo Transports"})
    door = {"name": "Dupré", "address": "12 rue du Lac"}
    assert meet({**door, "city": "Touts"}, {**door, "city": "Tours"})
    assert not meet({"name": "Dupré Isolation", "city": "Lyon"}, {"name": "Dupré Isolation", "city": "Albi"})


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


def test_reasons_are_said_in_the_language_of_whoever_reads_them():
    levels = {name: np.array([1 if name == "name" else 0]) for name in scoring.SAID} | {"whole": np.array([87.0])}
    levels["town"] = np.array([5])
    said = {}
    for language in ("fr", "en", "fr"):  # kept in each, whoever asks first
        with speaking(language):
            said[language] = scoring.reasons(levels, np.array([0]))
    assert said == {"fr": ["même nom, mais autre commune"], "en": ["same name, but another town"]}
