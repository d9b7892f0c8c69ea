"""Contrast is computed, never trusted: WCAG's own figures, then any colour at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.base.colour import DARK_SURFACES, DEFAULT, LIGHT_SURFACES, contrast, palette

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
HARD = ["#ffffff", "#000000", "#ffff00", "#00ff00", "#ff0000", "#0000ff", "#808080", "#ffcc00", "#f7f7f7", "#010101"]


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#ff0000", "#ffffff", 4.0)]
)
def test_contrast_is_wcags(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


def check_readable(colour):
    shades = palette(colour)
    for scheme, surfaces in ((shades.light, LIGHT_SURFACES), (shades.dark, DARK_SURFACES)):
        for surface in (*surfaces, scheme.soft):
            assert contrast(scheme.accent, surface) >= 4.5, (colour, scheme, surface)
            assert contrast(scheme.strong, surface) >= 4.5, (colour, scheme, surface)
        assert contrast(scheme.ink, scheme.accent) >= 4.5, (colour, scheme)
        assert contrast(scheme.ink, scheme.strong) >= 4.5, (colour, scheme)
        assert contrast(scheme.fill_ink, scheme.fill) >= 4.5, (colour, scheme)
        assert contrast(scheme.fill_ink, scheme.fill_strong) >= 4.5, (colour, scheme)
        assert contrast(scheme.fill_edge, surfaces[0]) >= 3, (colour, scheme)
    assert contrast(shades.brand_ink, shades.brand) >= 4.5, colour


@given(COLOURS)
def test_any_colour_is_made_readable(colour):
    check_readable(colour)


@pytest.mark.parametrize("colour", HARD)
def test_hard_colours_are_made_readable(colour):
    check_readable(colour)


def test_a_check_that_trusts_the_colour_goes_red(monkeypatch):
    palette.cache_clear()
    monkeypatch.setattr("comptoir.base.colour.ENOUGH", 1.0)
    with pytest.raises(AssertionError):
        check_readable("#ffff00")
    palette.cache_clear()


def test_the_button_keeps_the_brand_where_it_is_seen():
    assert palette("#f5c518").light.fill == "#f5c518"
    assert palette("#8a1c4a").dark.fill == "#8a1c4a"
    assert palette("#fefefe").light.fill == palette("#fefefe").light.accent


def test_a_readable_colour_is_left_as_it_is():
    assert palette("#8a1c4a").light.accent == "#8a1c4a"


@pytest.mark.parametrize("text", ["", "red", "#fff", "#12345g", "#123456;}", "#123456\n", "url(x)", "#１２３４５６"])
def test_what_is_not_a_colour_counts_as_ours(text):
    assert palette(text) == palette(DEFAULT)
