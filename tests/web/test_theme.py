"""The organisation's stylesheet: one rule, both schemes, and nothing a settings form could slip in."""

import re

import pytest
from django.test import RequestFactory

from comptoir.base.colour import DEFAULT, palette
from comptoir.web.shared import pages
from comptoir.web.shared.theme import theme_css


def test_both_schemes_are_in_one_rule():
    shades = palette("#c2410c")
    css = theme_css("#c2410c")
    assert f"--accent: light-dark({shades.light.accent}, {shades.dark.accent});" in css
    assert css.count("{") == css.count("}") == 1
    for name in (
        "--brand",
        "--brand-ink",
        "--accent",
        "--accent-strong",
        "--accent-ink",
        "--accent-soft",
        "--fill",
        "--fill-ink",
        "--fill-edge",
    ):
        assert len(re.findall(rf"{name}: ", css)) == 1


@pytest.mark.parametrize("attack", ["#123456;} body{display:none", "red;}@import 'x';", "</style><script>"])
def test_nothing_but_a_colour_comes_out(attack):
    assert theme_css(attack) == theme_css(DEFAULT)


def test_the_page_answers_css_that_may_be_kept(rf: RequestFactory):
    request = rf.get("/theme.css")
    request.organisation = type("One", (), {"colour": "#c2410c"})()
    answer = pages.theme(request)
    assert answer["Content-Type"].startswith("text/css")
    assert "max-age" in answer["Cache-Control"]
    assert answer.content.decode() == theme_css("#c2410c")


def test_the_page_only_reads(rf: RequestFactory):
    assert pages.theme(rf.post("/theme.css")).status_code == 405
