"""Who a requester is: each piece of evidence, each doubt, in words a clerk can read (B6)."""

import pytest

from comptoir.clients.matching import Candidate, Identity, best
from comptoir.clients.states import Certainty

SIRET = "73282932000074"
SISTER = "73282932000082"  # another site of the same SIREN
STRANGER = "55210055400013"


def a_client(client_id=1, legal_name="Ateliers du Lac", **fields):
    fields = {"number": f"C{client_id:06}", "name": Identity(legal_name).name, **fields}
    return Candidate(client_id, fields.pop("number"), legal_name, fields.pop("name"), **fields)


def found(identity, *candidates, refused=()):
    match = best(identity, candidates, refused)
    return match and (match.client_id, match.certainty.value, match.reason)


def test_nothing_in_common_is_nobody():
    assert best(Identity("Mairie de Toulon"), [a_client()]) is None
    assert best(Identity(), []) is None


@pytest.mark.parametrize(
    ("identity", "client", "reason"),
    [
        (Identity("Ateliers du lac", siret="732 829 320 00074"), a_client(siret=SIRET),
         "même SIRET, même nom, à la casse et aux accents près"),
        (Identity("Ateliers du Lac", client_number="c 1"), a_client(), "numéro client C000001, même nom"),
        (Identity("Ateliers du Lac", email="Claire@Exemple.fr"), a_client(same_email=True),
         "même adresse de courriel, même nom"),
        (Identity("Les ateliers du lac", email="claire@gmail.com"), a_client(same_email=True),
         "même adresse de courriel"),
        (Identity("ATELIERS DU LAC"), a_client(), "même nom, à la casse et aux accents près"),
        (Identity("SARL Ateliers du Lac"), a_client(), "même nom, à la forme juridique près"),
        (Identity("Ateliers du Lac", city="St-Étienne"), a_client(city="SAINT ETIENNE CEDEX 1"),
         "même nom, même commune"),
        (Identity("Ateliers du Lac", postcode="42000"), a_client(postcode="42000"), "même nom, même commune"),
        (Identity("", siret=SIRET), a_client(siret=SIRET), "même SIRET"),
        (Identity("Ateliers du Lac", siret=SIRET, city="Nice"), a_client(siret=SIRET, city="Lyon"),
         "même SIRET, même nom"),
        (Identity("Ateliers du Lac", client_number="C000001", city="Nice"), a_client(city="Lyon"),
         "numéro client C000001, même nom"),
    ],
)  # fmt: skip
def test_certain(identity, client, reason):
    assert found(identity, client) == (1, "certain", reason)


@pytest.mark.parametrize(
    ("identity", "client", "reason"),
    [
        (Identity("Boucherie Sanzot", siret=SIRET), a_client(siret=SIRET), "même SIRET, mais un tout autre nom"),
        (Identity("Boucherie Sanzot", client_number="1"), a_client(), "numéro client C000001, mais un tout autre nom"),
        (Identity("Boucherie Sanzot"), a_client(same_email=True), "même adresse de courriel, mais un tout autre nom"),
        (Identity("Ateliers du Lac", city="Toulon"), a_client(city="Toulouse"), "même nom, autre commune"),
        (Identity("Ateliers du Lac", postcode="83000"), a_client(postcode="31000"), "même nom, autre commune"),
        (Identity("Ateliers du Lac", siret=STRANGER), a_client(siret=SIRET), "même nom, autre SIREN"),
        (Identity("Ateliers du Lac", siret=SISTER), a_client(siret=SIRET), "même nom, autre établissement"),
        (Identity("Ateliers du Lac", siret=STRANGER, client_number="1"), a_client(siret=SIRET),
         "numéro client C000001, même nom, autre SIREN"),
        (Identity("Mairie"), a_client(legal_name="Mairie"), "même nom, nom trop courant pour suffire"),
        (Identity("Ateliers du Lac", city="Lyon"), a_client(same_email=True, city="Nice"),
         "même adresse de courriel, même nom, autre commune"),
    ],
)  # fmt: skip
def test_probable(identity, client, reason):
    assert found(identity, client) == (1, "probable", reason)


def test_another_town_and_another_siren_is_another_client():
    identity = Identity("Clinique du Parc", siret=STRANGER, city="Nice")
    assert best(identity, [a_client(legal_name="Clinique du Parc", siret=SIRET, city="Lyon")]) is None


def test_the_towns_own_name_does_not_make_two_clients_one():
    match = best(Identity("Lycée Jean Moulin Toulon", city="Toulon"), [
        a_client(legal_name="Mairie de Toulon", city="Toulon", same_email=True)
    ])  # fmt: skip
    assert match.certainty == Certainty.PROBABLE


def test_initials_fit_a_name():
    identity = Identity("CHU Nantes", siret=SIRET)
    assert best(identity, [a_client(legal_name="Centre Hospitalier Universitaire", siret=SIRET)]).is_certain


def test_two_equal_clients_are_named_and_none_is_chosen():
    match = best(Identity("Ateliers du Lac"), [a_client(2), a_client(1), a_client(3), a_client(4)])
    assert match.certainty == Certainty.PROBABLE
    assert match.client_id == 1
    assert match.rivals == (2, 3, 4)
    assert match.reason == (
        "même nom, d’autres clients portent ce nom\u202f; plusieurs clients répondent aussi bien\u00a0:"
        " C000001, C000002, C000003, …"
    )


def test_evidence_that_disagrees_is_left_to_a_person():
    identity = Identity("Ateliers du Lac", siret=SIRET, client_number="C000002")
    match = best(identity, [a_client(1, siret=SIRET), a_client(2)])
    assert (match.certainty, match.client_id, match.rivals) == (Certainty.PROBABLE, 1, (2,))


def test_a_siret_under_another_name_weighs_against_a_certain_name():
    identity = Identity("Ateliers du Lac", siret=SIRET, city="Lyon")
    match = best(identity, [a_client(1, "Boucherie Sanzot", siret=SIRET), a_client(2, city="Lyon")])
    assert match.certainty == Certainty.PROBABLE


def test_more_evidence_beats_less():
    identity = Identity("Ateliers du Lac", siret=SIRET, email="a@b.fr", city="Lyon")
    match = best(identity, [a_client(1, city="Lyon"), a_client(2, siret=SIRET, same_email=True, city="Lyon")])
    assert (match.client_id, match.certainty, match.rivals) == (2, Certainty.CERTAIN, ())


def test_the_same_name_here_beats_the_same_name_elsewhere():
    match = best(Identity("EHPAD La Source", city="Lyon"), [
        a_client(1, "EHPAD La Source", city="Nice"), a_client(2, "EHPAD La Source", city="Lyon"),
    ])  # fmt: skip
    assert (match.client_id, match.certainty) == (2, Certainty.CERTAIN)


def test_a_name_borne_by_others_elsewhere_is_not_worth_a_look():
    others = [a_client(number, "EHPAD La Source", city=city) for number, city in ((1, "Nice"), (2, "Brest"))]
    assert best(Identity("EHPAD La Source", city="Lyon"), others) is None


def test_a_name_without_its_town_is_not_certain_when_another_bears_it():
    others = [a_client(1, "EHPAD La Source", city="Nice"), a_client(2, "EHPAD La Source")]
    match = best(Identity("EHPAD La Source", city="Lyon"), others)
    assert (match.client_id, match.certainty) == (2, Certainty.PROBABLE)


def test_a_refused_client_is_never_proposed_again():
    identity = Identity("Ateliers du Lac")
    assert best(identity, [a_client()], refused={1}) is None
    assert best(identity, [a_client(1), a_client(2)], refused={1}).client_id == 2


def test_certain_scores_above_probable():
    certain = best(Identity("Ateliers du Lac"), [a_client()]).score
    probable = best(Identity("Boucherie Sanzot", siret=SIRET), [a_client(siret=SIRET)]).score
    assert 0 < probable < certain <= 1


def test_zeros_and_partial_numbers_are_no_siret():
    assert Identity(siret="00000000000000").siret_key == Identity(siret="00000000000000").siren == ""
    assert Identity(siret="732829320").siren == "732829320"
    assert Identity(siret="732829320").siret_key == Identity(siret="73282932").siren == ""


def test_an_identity_is_remembered_however_it_is_spelt_again():
    first = Identity("SARL Ateliers du Lac", siret="732 829 320 00074", email="A@b.fr", city="St-Étienne")
    again = Identity("ATELIERS DU LAC", siret=SIRET, email="a@b.fr", city="saint etienne", phone="0478123456")
    assert first.key == again.key
    assert first.key != Identity("ATELIERS DU LAC", siret=SIRET, email="a@b.fr", city="Nice").key
    assert len(first.key) == 64
