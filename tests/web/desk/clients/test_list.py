"""The list: found, narrowed, sorted, paged, at the same cost for any number of clients."""

import pytest

from comptoir.organisations.models import Territory
from tests.factories import make_client, make_contact, make_organisation
from tests.web.desk.clients.conftest import HOME, text


@pytest.fixture
def base(organisation):
    south = Territory.objects.create(organisation=organisation, name="Sud")
    lake = make_client(organisation, "SARL Ateliers du Lac", siret="73282932000074", city="Annecy", territory=south)
    make_contact(lake, "claire@exemple.fr", first_name="Claire", last_name="Petit", is_main=True)
    make_client(organisation, "Mairie de Sète", kind="public", doubtful_siret="12345", city="Sète")
    make_client(organisation, "Zèbre et fils", city="Brest")
    make_client(make_organisation("rhone"), "Ateliers du Rhône")
    return south


def names(response):
    return [row.record.legal_name for row in response.context["table"].paginated_rows]


def test_it_shows_who_they_are_and_how_many(desk, base):
    response = desk.get(HOME)
    assert names(response) == ["SARL Ateliers du Lac", "Mairie de Sète", "Zèbre et fils"]
    for said in ("732 829 320 00074", "Claire Petit", "À vérifier", '<strong class="number">3</strong>', "Sud"):
        assert said in text(response)
    assert "Rhône" not in text(response)


@pytest.mark.parametrize(
    ("query", "found"),
    [("?text=ateliers petit", ["SARL Ateliers du Lac"]), ("?text=annecy", ["SARL Ateliers du Lac"]),
     ("?kind=public", ["Mairie de Sète"]), ("?siret=doubtful", ["Mairie de Sète"]),
     ("?siret=none", ["Mairie de Sète", "Zèbre et fils"]), ("?territory=null", ["Mairie de Sète", "Zèbre et fils"]),
     ("?text=zebre&kind=public", []), ("?kind=martien", ["SARL Ateliers du Lac", "Mairie de Sète", "Zèbre et fils"]),
     ("?sort=-legal_name", ["Zèbre et fils", "Mairie de Sète", "SARL Ateliers du Lac"]),
     ("?sort=city", ["SARL Ateliers du Lac", "Zèbre et fils", "Mairie de Sète"]),
     ("?sort=n_importe&page=99&per_page=3", ["SARL Ateliers du Lac", "Mairie de Sète", "Zèbre et fils"])],
)  # fmt: skip
def test_it_is_narrowed_and_sorted_by_its_address(desk, base, query, found):
    assert names(desk.get(HOME + query)) == found


def test_the_territory_is_a_filter_with_its_cross(desk, base):
    response = desk.get(f"{HOME}?territory={base.pk}&text=lac")
    assert names(response) == ["SARL Ateliers du Lac"]
    assert [chip["label"] for chip in response.context["chips"]] == ["lac", "Sud"]


def test_an_empty_list_says_what_to_do(desk, organisation):
    assert "Importer un fichier" in text(desk.get(HOME))
    assert "Rien ne correspond" in text(desk.get(f"{HOME}?text=zzz"))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_any_number_of_clients(count, organisation, desk, django_assert_max_num_queries):
    for number in range(count):
        make_contact(make_client(organisation, f"Client {number}"), "a@exemple.fr", is_main=True)
    desk.get(HOME)
    with django_assert_max_num_queries(12):
        assert desk.get(HOME).status_code == 200


@pytest.mark.parametrize("role", ["manager", None])
def test_only_those_whose_business_it_is_come_in(role, signed_in, client, base):
    browser = signed_in(role).browser if role else client
    assert browser.get(HOME).status_code == (403 if role else 302)
