"""What records are looked up by: however a name, a town, a number or a phone is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.base.text import folded, name_key
from comptoir.clients import keys

SPELLINGS = [
    ("MAIRIE DE TOULON", "Mairie de Toulon"),
    ("Société Générale S.A.", "societe generale"),
    ("SARL Le Bœuf à l’Æuvre", "Le boeuf a l'aeuvre"),
    ("E.H.P.A.D. Les Cèdres", "EHPAD Les Cedres"),
    ("  Ateliers--du.Lac , SAS", "Ateliers du Lac"),
    ("Straße & Söhne", "Strasse Söhne"),
]


@pytest.mark.parametrize(("left", "right"), SPELLINGS)
def test_two_spellings_share_one_key(left, right):
    assert keys.stored_name_key(left) == keys.stored_name_key(right)


@given(st.text(max_size=250))
def test_a_name_key_fits_its_column_and_is_stable(name):
    key = keys.stored_name_key(name)
    assert len(key) <= keys.NAME_KEY_LENGTH
    assert set(key) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
    assert keys.stored_name_key(key) == key or len(key) == keys.NAME_KEY_LENGTH


@given(st.text(alphabet="abcdéèœ 'ÉŒÀ-&.", max_size=60))
def test_case_and_accents_change_nothing(name):
    assert keys.stored_name_key(name.upper()) == keys.stored_name_key(name.lower())
    assert folded(name) == folded(name.upper())


@given(st.from_regex(r"[a-z]{7,12}( [a-z]{2,12}){0,3}", fullmatch=True), st.sampled_from(["SARL", "S.A.S.", "asso"]))
def test_a_legal_form_before_or_after_changes_nothing(name, form):
    assert name_key(f"{form} {name}") == name_key(name) == name_key(f"{name} {form}")


def test_a_name_made_of_a_legal_form_keeps_it():
    assert name_key("SA") == "sa"


@pytest.mark.parametrize(
    ("typed", "number"),
    [("C000123", "C000123"), ("c 123", "C000123"), ("n° 000123", "C000123"), ("123", "C000123"),
     ("C-1234567", "C1234567"), ("client", "CLIENT"), ("", ""), ("٣٤", "٣٤")],
)  # fmt: skip
def test_client_numbers_as_people_type_them(typed, number):
    assert keys.number_key(typed) == number


@pytest.mark.parametrize(
    ("city", "key"),
    [("St-Étienne", "saint etienne"), ("Sainte Foy-lès-Lyon", "sainte foy les lyon"), ("NANTES CEDEX 9", "nantes"),
     ("Marseille 1er", "marseille"), ("Paris 15e arrondissement", "paris"), ("Lyon 3ème", "lyon"), ("L’Haÿ", "l hay"),
     ("", "")],
)  # fmt: skip
def test_towns_as_people_write_them(city, key):
    assert keys.town_key(city) == key


def test_toulon_is_not_toulouse():
    assert keys.town_key("Toulon") != keys.town_key("Toulouse")


@pytest.mark.parametrize("phone", ["04 78 12 34 56", "+33 4 78 12 34 56", "0033478123456", "04.78.12.34.56"])
def test_a_phone_is_found_by_the_digits_people_dial(phone):
    assert keys.phone_digits(phone) == "0478123456"


def test_a_number_typed_in_groups_is_one_word():
    assert keys.search_words("732 829 320 00074") == ["73282932000074"]
    assert keys.search_words("Mairie de Saint-Étienne 2") == ["mairie", "de", "saint", "etienne", "2"]
    assert keys.search_words("Мир") == ["мир"]


@given(st.text(max_size=900))
def test_a_search_key_fits_its_column(text):
    assert len(keys.search_key(text, text, phone=text)) <= keys.SEARCH_LENGTH
