"""The quick way of folding a text gives what the slow one gives."""

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from comptoir.base import text


@given(st.text(max_size=60) | st.text(st.characters(max_codepoint=0x24F), max_size=60))
def test_quick_or_slow_it_is_the_same_word(said):
    slow = "".join(
        char
        for char in unicodedata.normalize("NFKD", said.translate(text._LIGATURES))
        if not unicodedata.combining(char)
    )
    assert text.folded(said) == " ".join(re.sub("[^a-z0-9]+", " ", slow.casefold()).split())


@given(st.text(max_size=60) | st.text(" \t\n\u00a0\u2028e\u0301é1٣\x07", max_size=20))
def test_quick_or_slow_it_is_the_same_line_and_the_same_digits(said):
    slow = unicodedata.normalize("NFC", said).translate(text._ONE_LINE)
    assert text.clean_line(said) == " ".join(slow.split())
    assert text.digits(said) == re.sub(r"\D", "", said)


def test_every_letter_of_the_french():
    assert (
        text.folded("ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸ Œ Æ œ æ «\u202fn°\u00a03\u202f» ½ ª ĳ ŀ ŉ ſ")
        == "aaaceeeeiioouuuy oe ae oe ae n 3 1 2 a ij l n s"
    )
