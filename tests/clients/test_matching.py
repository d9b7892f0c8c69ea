"""What is made of the engine's weighing: what was told, who else answers, what is left to a person (B6, B7)."""

import pytest

from comptoir.clients.evidence import LEVELS
from comptoir.clients.identity import Identity
from comptoir.clients.matching import chosen, verdict
from comptoir.clients.recognising import Weighed
from comptoir.clients.scale import ASKED
from comptoir.clients.scoring import CERTAIN

SIRET = "73282932000074"


def seen(score=0.2, client_id=1, *, certain=False, **levels):
    """A client as the engine weighed it; a comparison that is not named saw nothing."""
    named = {name: LEVELS[name].index(level) for name, level in levels.items() if name in LEVELS}
    flags = {
        name: levels.get(name, 0)
        for name in ("site", "far", "brand", "undisputed", "namesake", "bare", "less", "more", "whole")
    }
    shown = dict.fromkeys(LEVELS, 0) | {"name": LEVELS["name"].index("same")} | named | flags
    return Weighed(client_id, score, certain, "même commune", shown)


def test_by_the_engine_alone():
    assert verdict(seen(0.99, certain=True, name="same", phone="same")).is_certain
    assert not verdict(seen(0.99, name="same", phone="same")).is_certain, "something stands against it"
    assert verdict(seen(0.6, name="same")).is_worth_a_look
    assert not verdict(seen(0.29, name="same")).is_worth_a_look


TOLD = [
    ({"name": "same", "town": "other"}, True),
    ({"name": "close"}, True),
    ({"name": "contained"}, True),
    ({"name": "shares_rare"}, True),
    ({"name": "empty", "kind": "same", "town": "same"}, True),
    ({"name": "empty", "kind": "same", "town": "other"}, False),
    ({"name": "empty"}, False),
    ({"name": "near"}, False),
    ({"name": "shares"}, False),
    ({"name": "other"}, False),
    ({"name": "same", "kind": "other"}, False),
    ({"name": "same", "site": True}, False),
]


@pytest.mark.parametrize(("levels", "is_certain"), [*TOLD, ({"name": "same", "siren": "other"}, False)])
def test_a_number_is_certain_with_a_name_that_can_be_its_own_and_shown_in_any_case(levels, is_certain):
    found = verdict(seen(0.01, **levels), number="C000777")
    assert (found.is_certain, found.is_worth_a_look) == (is_certain, True)
    assert found.score >= (CERTAIN if is_certain else ASKED)
    assert found.reason == "numéro client C000777, même commune"


@pytest.mark.parametrize(("levels", "is_certain"), TOLD)
def test_the_siret_of_a_site_too(levels, is_certain):
    found = verdict(seen(0.01, siren="same_siret", **levels))
    assert (found.is_certain, found.is_worth_a_look) == (is_certain, True)


def test_the_siren_alone_tells_no_site():
    assert not verdict(seen(0.2, siren="same_siren")).is_worth_a_look


def picked(*verdicts):
    found = chosen(verdicts)
    return found and (found[0].client_id, [one.client_id for one in found[1]])


def test_nobody_is_worth_a_look():
    assert picked() is None
    assert picked(verdict(seen(0.29)), verdict(seen(0.1, 2))) is None


def test_the_likeliest_is_first_and_those_that_follow_closely_are_named():
    assert picked(verdict(seen(0.6)), verdict(seen(0.8, 2)), verdict(seen(0.55, 3))) == (2, [1, 3])
    assert picked(verdict(seen(0.99)), verdict(seen(0.6, 2))) == (1, [])
    sure = {"certain": True, "phone": "same"}
    assert picked(verdict(seen(0.99, **sure)), verdict(seen(0.985, 2, **sure))) == (1, [2])
    assert picked(verdict(seen(0.9999, **sure)), verdict(seen(0.96, 2, **sure))) == (1, [])
    assert picked(verdict(seen(0.96, **sure)), verdict(seen(0.94, 2))) == (1, []), "a doubtful one is no rival"


def test_what_was_told_weighs_against_all_the_rest():
    """The number of one client and the SIRET of another; a SIRET under another name: a person looks."""
    by_siret, by_number = seen(0.99, siren="same_siret", name="same", certain=True), seen(0.9, 2, name="same")
    assert picked(verdict(by_siret), verdict(by_number, number="C000002")) == (1, [2])
    by_name, other_name = seen(0.999, phone="same", certain=True), seen(0.97, 2, siren="same_siret", name="other")
    assert picked(verdict(by_name), verdict(other_name)) == (1, [2])
    assert picked(verdict(by_name), verdict(seen(0.5, 2, name="same"), number="C000002")) == (2, [])


def test_zeros_and_partial_numbers_are_no_siret():
    keys = {Identity("Ateliers", siret=text).key for text in ("", "00000000000000", "73282932", "néant")}
    assert len(keys) == 1
    assert Identity("Ateliers", siret="732829320").key not in keys


def test_an_identity_is_remembered_however_it_is_spelt_again():
    first = Identity("SARL Ateliers du Lac", siret="732 829 320 00074", email="A@b.fr", city="St-Étienne")
    again = Identity("ATELIERS DU LAC", siret=SIRET, email="a@b.fr", city="saint etienne", phone="0478123456")
    assert first.key == again.key
    assert first.key != Identity("ATELIERS DU LAC", siret=SIRET, email="a@b.fr", city="Nice").key
    assert first.key == "9b27d40b7ed79974f2c25ebdf78f3dea092d0efd2f0f12c90db493e58c36dde2", "refusals are kept under it"
