"""E2: a member is found by last and first name, case and accents aside, from a part of a name."""

import pytest
from django.db import connection

from comptoir.members import queries
from comptoir.members.commands import erasing
from tests import factories as f

ON = f.NOW.date()
NAMES = (("Dupont", "Jean"), ("Dupond", "Éloïse"), ("Le Goff", "Gaël"), ("Œuvrard", "Zoé"), ("Dupont", "Élise"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("DUPONT", ["Élise", "Jean"]), ("upon", ["Éloïse", "Élise", "Jean"]), ("jean dupont", ["Jean"]),
        ("dupont JEAN", ["Jean"]), ("eloise", ["Éloïse"]), ("élo", ["Éloïse"]), ("legoff", []), ("le goff", ["Gaël"]),
        ("gael", ["Gaël"]), ("oeuv", ["Zoé"]), ("Œ", ["Zoé"]), ("inconnu", []), ("%", None), ("", None),
        ("dup el", ["Éloïse", "Élise"]),
    ],
)  # fmt: skip
def test_parts_of_names(organisation, by, text, found):
    for last, first in NAMES:
        f.make_member(organisation, last_name=last, first_name=first)
    f.make_member(f.make_organisation(), last_name="Dupont", first_name="Ailleurs")
    rows, more = queries.found(text, seen_by=by, on=ON)
    everybody = ["Éloïse", "Élise", "Jean", "Gaël", "Zoé"]
    assert [one.first_name for one in rows] == (everybody if found is None else found)
    assert not more


@pytest.mark.parametrize("few", [0, 2_000])
@pytest.mark.parametrize(("text", "found"), [("dup je", ["Jean"]), ("dupont", ["Élise", "Jean"]), ("zx", [])])
def test_a_common_word_finds_the_same_by_the_other_way(organisation, by, monkeypatch, few, text, found):
    monkeypatch.setattr(queries, "FEW", few)
    test_parts_of_names(organisation, by, text, found)


def test_an_erased_member_is_not_found(organisation, by):
    erasing.erase(f.make_member(organisation, last_name="Dupont"), by=by, at=f.NOW)
    assert queries.found("", seen_by=by, on=ON) == ([], False)
    assert queries.complete_count(seen_by=by) == 0


def test_more_than_a_page_is_said_and_costs_few_statements(organisation, by, django_assert_num_queries):
    for number in range(queries.SHOWN + 1):
        f.make_member(organisation, first_name=f"Jean{chr(97 + number % 26)}")
    with django_assert_num_queries(3):
        rows, more = queries.found("jean", seen_by=by, on=ON)
        assert [one.user.login for one in rows]
    assert (len(rows), more) == (queries.SHOWN, True)


@pytest.mark.parametrize("few", [0, 2_000])
def test_a_name_that_begins_so_comes_before_one_that_holds_it(organisation, by, monkeypatch, few):
    monkeypatch.setattr(queries, "FEW", few)
    for last, first in (("Amartin", "Zoé"), ("Martin", "Élise"), ("Dumartin", "Jean"), ("Martinet", "Gaël")):
        f.make_member(organisation, last_name=last, first_name=first)
    rows, _more = queries.found("mart", seen_by=by, on=ON)
    assert [one.last_name for one in rows] == ["Martin", "Martinet", "Amartin", "Dumartin"]


def test_a_full_page_of_names_that_begin_so_looks_no_further(organisation, by, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(queries, "FEW", 0)
    monkeypatch.setattr(queries, "SHOWN", 2)
    for last in ("Amartin", "Martin", "Martinet", "Martinez"):
        f.make_member(organisation, last_name=last, first_name="Zoé")
    with django_assert_num_queries(3 if connection.vendor == "sqlite" else 2):
        rows, more = queries.found("mart", seen_by=by, on=ON)
    assert ([one.last_name for one in rows], more) == (["Martin", "Martinet"], True)
