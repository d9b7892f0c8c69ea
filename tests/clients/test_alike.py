"""Everything that shares a client's words, ranked."""

import pytest

from comptoir.clients import queries
from comptoir.clients.alike import sharing_words
from comptoir.clients.models import CommonWord, DuplicateScan
from tests.factories import NOW, make_client, make_organisation


def ranked(here, client):
    row = queries.client(client.pk, seen_by=here.by)
    return [(one.client.legal_name, one.words) for one in sharing_words(row, seen_by=here.by)]


@pytest.fixture
def base(here):
    def add(name, city=""):
        return make_client(here.organisation, name, city=city)

    add("Mairie d’Ouistreham")
    add("Collège Jules-Ferry", "Blois")
    add("Lycée Jules-Ferry", "Tours")
    add("Lycée Ferry", "Tours")
    add("Ferryland")
    make_client(make_organisation(), "Lycée Jules-Ferry")
    CommonWord.objects.create(organisation=here.organisation, word="lycee", count=400)
    DuplicateScan.objects.create(organisation=here.organisation, state="done", total=1000, created_at=NOW)
    return add("Lycée Jules-Ferry de Tours", "Tours")


def test_the_most_alike_first_a_rare_word_weighs_more_and_whole_words_only(here, base):
    assert ranked(here, base) == [
        ("Lycée Jules-Ferry", ["lycee", "jules", "ferry"]),
        ("Collège Jules-Ferry", ["jules", "ferry"]),
        ("Lycée Ferry", ["lycee", "ferry"]),
    ]


def test_of_equals_those_of_its_town_come_first(here, base):
    make_client(here.organisation, "Ateliers Jules-Ferry", city="TOURS CEDEX 2")
    assert [name for name, _words in ranked(here, base)][1:3] == ["Ateliers Jules-Ferry", "Collège Jules-Ferry"]


def test_a_name_without_a_word_shares_none(here):
    assert ranked(here, make_client(here.organisation, "?")) == []


def test_at_the_same_cost_for_any_base(here, base, django_assert_num_queries):
    row = queries.client(base.pk, seen_by=here.by)
    with django_assert_num_queries(4):
        sharing_words(row, seen_by=here.by)
