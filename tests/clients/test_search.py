"""The list and the type-ahead: any word people know a client by; only for those whose business clients are."""

import pytest

from comptoir.clients import queries
from comptoir.organisations.actors import Actor, visitor
from tests.factories import actor_of, make_client, make_contact, make_staff


@pytest.fixture
def base(here):
    lake = make_client(here.organisation, "SARL Ateliers du Lac", siret="73282932000074", city="Annecy",
                       email="bureau@lac.example", phone="+33 4 78 12 34 56", number="C000042")  # fmt: skip
    make_contact(lake, "claire.petit@exemple.fr", first_name="Claire", last_name="Petit", is_main=True)
    make_contact(lake, "ali@exemple.fr", first_name="Ali", last_name="Çelik")
    make_client(here.organisation, "Mairie d’Annecy", city="Annecy", postcode="74000")
    make_client(here.organisation, "École Saint-Exupéry", city="Sète")
    make_client(here.organisation, "Общество", city="Nice")


def names(here, text, seen_by=None):
    return [client.legal_name for client in queries.clients(seen_by=seen_by or here.by, text=text)]


@pytest.mark.parametrize(
    "text",
    ["ateliers", "LAC annecy", "C000042", "732 829 320 00074", "73282932000074", "732829320", "bureau@lac.example",
     "04 78 12 34 56", "0478123456", "Claire Petit", "claire.petit@exemple.fr", "celik", "lac petit"],
)  # fmt: skip
def test_a_client_is_found_by_whatever_is_known_of_it(here, base, text):
    assert names(here, text) == ["SARL Ateliers du Lac"]


def test_every_word_must_be_there_and_names_come_in_order(here, base):
    assert names(here, "") == ["Общество", "SARL Ateliers du Lac", "École Saint-Exupéry", "Mairie d’Annecy"]
    assert names(here, "annecy") == ["SARL Ateliers du Lac", "Mairie d’Annecy"]
    assert names(here, "ecole st exupery") == []
    assert names(here, "общество") == ["Общество"]
    assert names(here, "lac sete") == names(here, "%") == names(here, "_") == []


def test_who_has_no_business_with_clients_sees_none(here, elsewhere, base):
    manager = actor_of(make_staff(here.organisation, "manager"))
    for reader in (manager, visitor(here.organisation.pk), elsewhere.by):
        assert names(here, "lac", reader) == []
        assert queries.suggest("lac", seen_by=reader) == []
    program = Actor(here.organisation.pk, "Site", scopes=frozenset({"intake:read"}))
    assert names(here, "lac", program) == ["SARL Ateliers du Lac"]


def test_suggestions_put_the_exact_number_first_then_names_that_begin_so(here, base):
    make_client(here.organisation, "Zinc du C000042 et fils")
    make_client(here.organisation, "Lac et Montagne", city="Gap")
    assert [one.label for one in queries.suggest("c42", seen_by=here.by)] == ["SARL Ateliers du Lac"]
    assert [one.label for one in queries.suggest("lac", seen_by=here.by)] == ["Lac et Montagne", "SARL Ateliers du Lac"]
    assert [one.label for one in queries.suggest("lac", seen_by=here.by, limit=1)] == ["Lac et Montagne"]
    assert queries.suggest("l", seen_by=here.by) == queries.suggest("  ", seen_by=here.by) == []
    detail = queries.suggest("c000042", seen_by=here.by)[0].detail
    assert detail == "C000042 · Annecy · 73282932000074 · bureau@lac.example"


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_of_clients_is_one_statement(here, count, django_assert_num_queries):
    for number in range(count):
        make_contact(make_client(here.organisation, f"Client {number}"), is_main=True, last_name="Petit")
    with django_assert_num_queries(1):
        assert [(row.main_last_name, str(row.territory)) for row in queries.clients(seen_by=here.by)] == [
            ("Petit", "None")
        ] * count
    with django_assert_num_queries(1):
        queries.suggest("client", seen_by=here.by)
