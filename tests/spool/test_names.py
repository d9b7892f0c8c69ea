"""Names people or machines left: shown without harm, kept under a sound one, numbered instead of overwritten."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.spool import names

ODD = ["", ".", "..", "a/b", "../x.log", "a\nb.log", "a\0b", ".x.log", "a\\b.log", " x.log", "x ", "\u202egol.x",
       "\udce9t\udce9.log", "\ud800", "x" * 201, "é" * 101, "a\u200bb.log", "tab\t.log"]  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_odd_names_are_not_plain(name):
    assert not names.is_plain(name)


@pytest.mark.parametrize("name", ["20261122T130310Z-PR-7K3QX9.log", "x (copie).log", "été.log", "-x.log", "x" * 200])
def test_sound_names_are_plain(name):
    assert names.is_plain(name)
    assert names.safe(name) == name


@given(
    st.text(alphabet=st.characters(exclude_characters="/\0"), min_size=1).filter(lambda name: name not in (".", ".."))
)
def test_any_name_can_be_shown_and_kept(name):
    assert names.shown(name).isprintable()
    assert names.is_plain(names.safe(name))
    assert names.is_component(names.safe(name))
    assert len((names.safe(name) + names.REASON_SUFFIX).encode()) < 250
    assert not names.safe(name).endswith(names.REASON_SUFFIX)


@given(st.lists(st.text(alphabet="a\n\t .", min_size=1, max_size=4), min_size=2, max_size=2, unique=True))
def test_different_names_are_kept_apart(pair):
    assert names.safe(pair[0]) != names.safe(pair[1])


def test_what_cannot_be_printed_is_shown_escaped():
    assert names.shown("a\nb\u202e\udce9\U000e0001.log") == "a\\u000ab\\u202e\\xe9\\U000e0001.log"
    assert names.shown("x" * 300) == "x" * 70 + "…" + "x" * 9


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("x.log", ["x.log", "x.2.log", "x.3.log"]),
        ("x", ["x", "x.2", "x.3"]),
        (".x", [".x", ".x.2", ".x.3"]),
        ("x.tar.gz", ["x.tar.gz", "x.tar.2.gz", "x.tar.3.gz"]),
    ],
)
def test_numbers_go_before_the_extension(name, expected):
    assert list(itertools.islice(names.numbered(name), 3)) == expected
