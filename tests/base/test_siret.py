"""The quick check of a SIRET says what the library says."""

from hypothesis import given
from hypothesis import strategies as st
from stdnum.fr import siret

from comptoir.base.text import siret_problem

TRUE = ("73282932000074", "35600000000048", "35600000049837", "55210055400021")


@given(st.text("0123456789", min_size=14, max_size=14) | st.sampled_from(TRUE))
def test_it_agrees_with_the_library(number):
    for one in (number, number[:-1] + "0", *(number[:13] + digit for digit in "123456789")):
        assert (siret_problem(one) == "") == siret.is_valid(one)


def test_la_postes_own_are_taken_and_a_wrong_siren_is_not():
    assert siret_problem("35600000049837") == ""
    assert siret_problem("73282932000075") == "checksum"
    assert siret_problem("٧٣٢٨٢٩٣٢٠٠٠٠٧٤") in ("checksum", "")
