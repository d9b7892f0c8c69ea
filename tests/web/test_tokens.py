"""The stylesheet's own colours: every pair that carries text has 4.5 of contrast, every edge one must see has 3."""

import re
from pathlib import Path

import pytest

from comptoir.base import colour

CSS = Path(colour.__file__).parents[1] / "web/shared/static/comptoir/comptoir.css"
PAIR = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
TOKENS: dict[str, tuple[str, str]] = {}
for name, *pair in PAIR.findall(CSS.read_text(encoding="utf-8")):
    TOKENS.setdefault(name, tuple(pair))  # the first is the rule, later ones serve prefers-contrast
SURFACES = ("paper", "sheet", "sunk", "float")
TONES = ("done", "wait", "off", "note")


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("text", ["ink", "ink-soft", "accent", "accent-strong", *TONES])
def test_text_is_readable_on_every_surface(text, scheme):
    for surface in SURFACES:
        assert colour.contrast(TOKENS[text][scheme], TOKENS[surface][scheme]) >= 4.5, (text, surface)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("tone", [*TONES, "accent"])
def test_washes_carry_their_tone_and_the_ink(tone, scheme):
    wash = TOKENS[f"{tone}-soft"][scheme]
    assert colour.contrast(TOKENS[tone][scheme], wash) >= 4.5
    assert colour.contrast(TOKENS["ink"][scheme], wash) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("surface", SURFACES)
def test_edges_of_inputs_are_seen(surface, scheme):
    assert colour.contrast(TOKENS["line-strong"][scheme], TOKENS[surface][scheme]) >= 3


def test_the_theme_knows_the_same_surfaces():
    assert {TOKENS[name][0] for name in SURFACES} == set(colour.LIGHT_SURFACES)
    assert {TOKENS[name][1] for name in SURFACES} == set(colour.DARK_SURFACES)


def test_the_stylesheet_is_one_file_in_layers_and_reaches_nothing_outside():
    text = CSS.read_text(encoding="utf-8")
    assert "@layer reset, tokens, base, layout, components, utilities;" in text
    assert "@import" not in text
    assert not re.search(r"url\(\s*[\"']?(https?:|//|data:)", text)
