"""The template tags: what a template may write, and what comes out."""

from datetime import date, time

import pytest
from django.db.models import TextChoices
from django.template import Context, Template
from django.test import RequestFactory

from comptoir.web.shared.status import TONES, tone


def drawn(source, query="", **context):
    context["request"] = RequestFactory().get(f"/?{query}")
    return Template(source).render(Context(context))


class State(TextChoices):
    VALIDATED = "validated", "Validée"
    ODD = "never-heard-of", "Inconnue"


def test_nothing_is_drawn_from_nothing():
    for name in ("money", "vat", "thousands", "day", "day_short", "hour", "moment", "moment_short", "phone", "french"):
        assert drawn("{{ x|" + name + " }}", x=None) == ""


def test_zero_is_something():
    assert drawn("{{ 0|money }} {{ 0|vat }}") == "0,00\u00a0€ 0\u00a0%"


def test_words_of_a_session():
    out = drawn("{% span a b %}, {% hours c d %}", a=date(2026, 12, 7), b=date(2026, 12, 9), c=time(9), d=time(12, 30))
    assert out.replace("\u00a0", " ") == "du 7 au 9 décembre 2026, 9 h – 12 h 30"


@pytest.mark.parametrize(("count", "word"), [(0, "place"), (1, "place"), (2, "places")])
def test_plural(count, word):
    assert drawn("place{{ n|plural_fr }}", n=count) == word
    assert drawn("{{ n|plural_fr:'journal,journaux' }}", n=count) == ("journaux" if count > 1 else "journal")


def test_icons_are_silent_and_inline():
    out = drawn("{% icon 'trash' %}")
    assert out.startswith("<svg")
    assert 'aria-hidden="true"' in out
    assert "style=" not in out


def test_a_status_is_a_word_and_a_shape():
    out = drawn("{% status s %}", s=State.VALIDATED)
    assert "Validée" in out
    assert 'class="status done"' in out
    assert "<svg" in out


def test_an_unknown_state_is_grey_and_words_are_escaped():
    assert 'class="status idle"' in drawn("{% status s %}", s=State.ODD)
    assert "&lt;b&gt;" in drawn("{% status s label %}", s="x", label="<b>")


def test_a_state_has_one_tone():
    codes = [code for codes in TONES.values() for code in codes]
    assert len(codes) == len(set(codes))
    assert tone("validated") == "done"


def test_query_with_keeps_the_rest():
    assert drawn("{% query_with page=3 %}", "q=a%26b&page=2") == "?q=a%26b&amp;page=3"
    assert drawn("{% query_with page=None %}", "page=2") == "?"
    assert drawn("{% query_with size=50 page=None %}", "a=1&a=2&page=2") == "?a=1&amp;a=2&amp;size=50"


def test_a_filters_cross_removes_one_value():
    assert drawn("{% query_without 'theme' 'a' %}", "theme=a&theme=b&page=2") == "?theme=b"


def test_a_date_block_says_the_whole_day_to_who_hears_it():
    out = drawn("{% date_block d %}", d=date(2026, 12, 7))
    assert "lundi 7 décembre 2026" in out
    assert 'datetime="2026-12-07"' in out
