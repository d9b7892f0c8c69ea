"""Requesters looked up in the base: by each key, in batches, in one organisation, refused ones left out (B6, B7)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.base.errors import Forbidden, Missing
from comptoir.clients.commands import clients, duplicates
from comptoir.clients.commands.matches import allow_match, refuse_match
from comptoir.clients.identity import Identity
from comptoir.clients.matching import BATCH, matches
from comptoir.clients.models import Client, RefusedMatch
from comptoir.clients.states import Certainty
from comptoir.journal.models import Entry
from comptoir.organisations.actors import visitor
from tests.factories import NOW, make_client, make_contact

SIRET = "73282932000074"


def found(where, *identities):
    return matches(identities, organisation_id=where.organisation.pk)


def who(where, *identities):
    return [match and (match.legal_name, match.certainty.value, match.reason) for match in found(where, *identities)]


def test_each_key_finds_its_client_and_the_order_is_kept(here):
    make_client(here.organisation, "Ateliers du Lac", siret=SIRET)
    make_client(here.organisation, "Mairie de Sète", number="C000777", city="Sète")
    make_contact(make_client(here.organisation, "Clinique du Parc", city="Lyon"), "Claire@exemple.fr")
    make_client(here.organisation, "Lycée Jean Moulin", email="contact@lycee.fr", city="Béziers")
    assert who(
        here, Identity("Inconnu"), Identity("Ateliers du Lac", siret="732 829 320 00074"),
        Identity("Mairie de Sète", client_number="777"),
        Identity("Clinique du parc", email="claire@exemple.FR", city="Lyon"),
        Identity("Lycée J. Moulin", email="contact@lycee.fr"), Identity("LYCEE JEAN MOULIN", city="Beziers"),
        Identity(), Identity("ATELIERS DU LAC", siret=SIRET, city="Nice"),
    ) == [
        None,
        ("Ateliers du Lac", "certain", "même SIRET, même nom"),
        ("Mairie de Sète", "certain", "numéro client C000777, même nom"),
        ("Clinique du Parc", "certain", "même nom, même commune, même courriel"),
        ("Lycée Jean Moulin", "probable", "nom proche (90\u00a0%), même courriel"),
        ("Lycée Jean Moulin", "certain", "même nom, même commune"),
        None,
        ("Ateliers du Lac", "certain", "même SIRET, même nom"),
    ]  # fmt: skip


def test_what_is_told_under_another_name_is_shown_and_never_certain(here):
    make_client(here.organisation, "Ateliers du Lac", siret=SIRET, number="C000042", city="Annecy", postcode="74000")
    assert who(
        here, Identity("Boucherie Sanzot", siret=SIRET), Identity("Boucherie Sanzot", client_number="c 42"),
        Identity("Ateliers du Lac", siret="55210055400013", client_number="42"),
    ) == [
        ("Ateliers du Lac", "probable", "même SIRET, mais un autre nom"),
        ("Ateliers du Lac", "probable", "numéro client C000042, mais un autre nom"),
        ("Ateliers du Lac", "probable", "numéro client C000042, même nom, mais autre SIREN"),
    ]  # fmt: skip


def test_a_number_reaches_a_client_in_another_town_when_the_name_is_its_own(here):
    make_client(here.organisation, "Ateliers du Lac", number="C000042", city="Annecy")
    make_client(here.organisation, "Mairie de Toulouse", number="C000031", city="Toulouse")
    lake, other = found(
        here, Identity("SARL Ateliers du lac", client_number="42", city="Nice"),
        Identity("Mairie de Toulon", client_number="31", city="Toulon"),
    )  # fmt: skip
    assert lake.is_certain
    assert not other.is_certain, "Toulon is not Toulouse"


def test_a_quarter_of_a_town_is_never_certainly_its_town_hall(here):
    make_client(here.organisation, "Mairie de Toulon", number="C000083", siret=SIRET, city="Toulon", postcode="83000")
    town = {"city": "Toulon", "postcode": "83000"}
    for typed in ({"client_number": "83"}, {"siret": SIRET}, {"client_number": "83", "siret": SIRET}):
        match = found(here, Identity("Mairie de Toulon Ouest", **town, **typed))[0]
        assert match.certainty == Certainty.PROBABLE
    assert found(here, Identity("Commune de Toulon", **town, siret=SIRET))[0].is_certain
    assert found(here, Identity("Mairie de Toulouse", city="Toulouse", postcode="31000")) == [None]


def test_a_name_alone_is_worth_a_look_and_never_certain(here):
    make_client(here.organisation, "Ateliers du Lac", city="Annecy")
    make_client(here.organisation, "EHPAD La Source")
    assert [one.certainty for one in found(
        here, Identity("SARL ATELIERS DU LAC"), Identity("EHPAD La Source", city="Lyon")
    )] == [Certainty.PROBABLE, Certainty.PROBABLE]  # fmt: skip


def test_any_contact_of_a_client_is_its_voice(here):
    client = make_client(here.organisation, "Clinique du Parc", email="accueil@clinique.fr", city="Lyon")
    make_contact(client, "claire@gmail.com", first_name="Claire", last_name="Lefèvre", is_main=True)
    make_contact(client, "hugo@gmail.com", first_name="Hugo", last_name="Marchand", phone="04 78 00 00 01")
    match = found(here, Identity("Clinique Parc", email="hugo@gmail.com", phone="+33 4 78 00 00 01",
                                 person="Hugo Marchand"))[0]  # fmt: skip
    assert match.is_certain
    assert match.reason == "même nom, même courriel, même téléphone, même interlocuteur"


def test_another_organisations_clients_are_nobody(here, elsewhere):
    client = make_client(elsewhere.organisation, "Ateliers du Lac", siret=SIRET, email="a@exemple.fr", city="Sète")
    make_contact(client, "b@exemple.fr")
    identities = [Identity("Ateliers du Lac", siret=SIRET, client_number=client.number, email=mail, city=city)
                  for mail in ("a@exemple.fr", "b@exemple.fr") for city in ("", "Sète")]  # fmt: skip
    assert found(here, *identities) == [None] * 4


def test_a_crowd_of_one_name_does_not_hide_the_one_in_its_town(here):
    for number in range(30):
        make_client(here.organisation, "EHPAD La Source", city=f"Ville {chr(65 + number)}ac")
    make_client(here.organisation, "EHPAD La Source", city="Lunel")
    match = found(here, Identity("E.H.P.A.D. La Source", city="LUNEL CEDEX"))[0]
    assert (match.certainty, Client.objects.get(pk=match.client_id).city) == (Certainty.CERTAIN, "Lunel")
    assert found(here, Identity("EHPAD La Source", city="Mende")) == [None]


def test_clients_that_answer_as_well_are_named_until_they_are_known_for_one(here):
    for number in range(1, 5):
        make_client(here.organisation, "Ateliers du Lac", city="Annecy", number=f"C00000{number}")
    identity = Identity("Ateliers du Lac", city="Annecy")
    match = found(here, identity)[0]
    assert (match.certainty, match.number, len(match.rivals)) == (Certainty.PROBABLE, "C000001", 3)
    assert match.reason == (
        "même nom, même commune\u202f; plusieurs clients répondent aussi bien\u00a0: C000001, C000002, C000003, …"
    )
    duplicates.scan(organisation_id=here.organisation.pk, at=NOW)
    again = found(here, identity)[0]
    assert (again.certainty, again.number, again.rivals) == (Certainty.CERTAIN, "C000001", ())
    ids = Client.objects.values_list("pk", flat=True)
    duplicates.refuse_pairs(client_ids=ids, by=here.by, at=NOW)
    assert len(found(here, identity)[0].rivals) == 3, "four clients of one name, somebody said"


@pytest.mark.parametrize("count", [1, 3, BATCH])
def test_the_statements_do_not_grow_with_the_requesters(count, here):
    make_contact(make_client(here.organisation, "Ateliers du Lac", siret=SIRET), "a@exemple.fr")
    one = {"siret": SIRET, "client_number": "C000001", "email": "a@exemple.fr", "city": "Sète"}
    with CaptureQueriesContext(
        connection,
    ) as captured:
        found(here, *(Identity(f"Ateliers {number}", **one) for number in range(count)))
    assert len(captured) == 11


HOSTILE = {
    "10,000 letters": "Ateliers " * 2_500, "one word": "a" * 10_000, "empty": "", "blank": " \t\n",
    "null": "At\0eliers", "markup": "<script>alert(1)</script><b>Ateliers</b>", "rtl": "\u202eورشة البحيرة\u202c",
    "emoji": "🏭🚒 Ateliers 👩\u200d🚒", "tabs": "Ateliers\tdu\tLac", "digits": "9" * 10_000,
    "combining": "A" + "\u0301" * 5_000, "quotes": "'; drop table x; --", "surrogates": "\ud83d", "wild": "%_%\\",
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_are_weighed_as_any_other(here, text):
    """Whatever is typed in whatever field: an answer, nobody certain, and the records still read."""
    make_client(here.organisation, "Ateliers du Lac", city="Sète", siret=SIRET, email="a@exemple.fr")
    fields = ("legal_name", "siret", "client_number", "email", "phone", "address", "postcode", "city", "person")
    typed = [Identity(**{"legal_name": "Ateliers du Lac", name: text}) for name in fields]
    typed.append(Identity(**dict.fromkeys(fields, text)))
    assert not any(match.is_certain for match in found(here, *typed) if match)
    assert all(len(one.key) == 64 for one in typed)


def test_a_client_with_a_hostile_name_is_found_again(here):
    for name in ("ورشة البحيرة", "🏭🚒", "Ateliers\tdu\tLac", "<b>Menuiserie</b>"):
        clients.create_client(legal_name=name, city="Sète", email="a@exemple.fr", by=here.by, at=NOW)
    rows = found(here, *(Identity(name, city="Sète", email="a@exemple.fr") for name in ("🏭🚒", "<b>Menuiserie</b>")))
    assert [match and match.legal_name for match in rows][1] == "<b>Menuiserie</b>"


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
