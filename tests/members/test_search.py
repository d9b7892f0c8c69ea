"""E2: a member is found by last and first name, case and accents aside, from a part of a name."""

import pytest

from comptoir.members import queries
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


def test_more_than_a_page_is_said_and_costs_one_statement(organisation, by, django_assert_num_queries):
    for number in range(queries.SHOWN + 1):
        f.make_member(organisation, first_name=f"Jean{chr(97 + number % 26)}")
    with django_assert_num_queries(1):
        rows, more = queries.found("jean", seen_by=by, on=ON)
        assert [one.user.login for one in rows]
    assert (len(rows), more) == (queries.SHOWN, True)
