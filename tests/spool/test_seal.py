"""The seal holds for the same request however it is written, and breaks for any other."""

import json
import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.spool import seal
from comptoir.spool.parsing import Unreadable, parse
from tests.spool.made import KEY, OTHER_KEY, payload

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=12,
)
PAYLOADS = st.dictionaries(TEXT.filter(lambda name: name not in ("format", "seal")), VALUES, max_size=5)


def alike(value):
    """Whether two keys somewhere read alike once in NFC."""
    if isinstance(value, dict):
        keys = {unicodedata.normalize("NFC", name) for name in value}
        return len(keys) < len(value) or any(alike(one) for one in value.values())
    return isinstance(value, list) and any(alike(one) for one in value)


def composed(value):
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {composed(name): composed(one) for name, one in value.items()}
    return [composed(one) for one in value] if isinstance(value, list) else value


@given(PAYLOADS.filter(lambda one: not alike(one)))
def test_what_is_encoded_is_read_back_and_verified(original):
    found = parse(seal.encode(original, KEY))
    assert seal.verify(found, KEY)
    assert {name: one for name, one in found.items() if name not in ("format", "seal")} == composed(original)


@given(PAYLOADS.filter(lambda one: not alike(one)), st.randoms())
def test_order_spacing_and_composition_change_neither_bytes_nor_seal(original, order):
    other = shuffled(decomposed(original), order)
    assert seal.canonical(other) == seal.canonical(original)
    assert seal.encode(other, KEY) == seal.encode(original, KEY)
    respaced = json.dumps(json.loads(seal.encode(original, KEY)), indent=7).encode()
    assert seal.verify(parse(respaced), KEY)


@given(PAYLOADS.filter(lambda one: not alike(one)))
def test_the_quick_form_is_the_slow_form(original):
    assert seal._quick_form(original) in (None, seal._ENCODE(seal.normal(original)).encode())


def shuffled(value, order):
    if isinstance(value, dict):
        pairs = [(name, shuffled(one, order)) for name, one in value.items()]
        order.shuffle(pairs)
        return dict(pairs)
    return [shuffled(one, order) for one in value] if isinstance(value, list) else value


def decomposed(value):
    if isinstance(value, str):
        return value if unicodedata.normalize("NFC", value) != value else unicodedata.normalize("NFD", value)
    if isinstance(value, dict):
        return {decomposed(name): decomposed(one) for name, one in value.items()}
    return [decomposed(one) for one in value] if isinstance(value, list) else value


def test_the_canonical_form_is_this_one():
    assert seal.canonical({"b": [1, None, True], "a": "E\u0301"}) == '{"a":"É","b":[1,null,true]}'.encode()


def test_a_file_is_readable_and_says_its_format_first():
    text = seal.encode({"reference": "PR-1", "client": {"name": "Œuf"}}, KEY).decode()
    assert text.startswith('{\n "format": "comptoir.pre-registration/1",\n "client": {\n  "name": "Œuf"\n')
    assert text.endswith('"\n}\n')


def test_any_byte_changed_is_refused_or_read_as_the_same_request():
    content = seal.encode(payload(), KEY)
    original, accepted = parse(content), 0
    for position in random.Random(1).sample(range(len(content)), 400):
        for bit in (1, 4, 32):
            changed = bytearray(content)
            changed[position] ^= bit
            try:
                found = parse(bytes(changed))
            except Unreadable:
                continue
            if seal.verify(found, KEY):
                accepted += 1
                assert found == original
    assert accepted < 20  # one space for another


def test_another_key_or_none_does_not_verify():
    found = parse(seal.encode(payload(), KEY))
    assert not seal.verify(found, OTHER_KEY)
    assert not seal.verify({**found, "seal": None}, KEY)
    assert not seal.verify({**found, "seal": "é" * 64}, KEY)
    assert not seal.verify({**found, "seal": found["seal"].upper()}, KEY)
    assert not seal.verify({name: one for name, one in found.items() if name != "seal"}, KEY)
    with pytest.raises(ValueError, match="key"):
        seal.seal(found, b"")


def deep(levels):
    value = {}
    for _ in range(levels - 1):
        value = {"in": value}
    return value


ENDLESS = {}
ENDLESS["in"] = ENDLESS


@pytest.mark.parametrize(
    "bad",
    [{"price": 1.5}, {"nan": float("nan")}, {1: "key"}, {"a": b"bytes"}, {"a": {1, 2}}, {"a": "\ud800"}, {"a": "\0"},
     {"\u00e9": 1, "e\u0301": 2}, {"a": [{"b": 0.1}]}, deep(33), ENDLESS, {"\ud800": 1}],
)  # fmt: skip
def test_what_has_no_single_form_is_not_sealed(bad):
    for make in (seal.canonical, lambda one: seal.encode(one, KEY)):
        with pytest.raises(seal.Unsealable):
            make(bad)


def test_the_deepest_that_is_sealed_is_read_back():
    assert parse(seal.encode(deep(32), KEY))["in"]


def test_another_format_is_not_sealed():
    assert seal.encode({"format": seal.FORMAT}, KEY) == seal.encode({}, KEY)
    with pytest.raises(seal.Unsealable, match="format"):
        seal.encode({"format": "comptoir.pre-registration/2"}, KEY)


def test_tuples_and_enumerations_are_sealed_as_lists_and_their_values():
    from http import HTTPStatus

    assert seal.canonical({"a": (1, HTTPStatus.OK)}) == b'{"a":[1,200]}'
