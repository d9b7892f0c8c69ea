"""An amount is read as people write it in the language of the page, and never a thousand times too small."""

import pytest
from django.core.exceptions import ValidationError

from comptoir.base.speaking import speaking
from comptoir.web.shared.fields import EurosField


@pytest.mark.parametrize(
    ("language", "typed", "cents"),
    [
        ("fr", "1 250,50", 125_050), ("fr", "1\u202f250,5\u00a0€", 125_050), ("fr", "1250.50", 125_050), ("fr", "0", 0),
        ("en", "1,250.50", 125_050), ("en", "€1,250", 125_000), ("en", "1,250,000", 125_000_000),
        ("en", "1250.5", 125_050), ("en", "12,50", 1_250), ("en", "", None),
    ],
)  # fmt: skip
def test_what_people_type(language, typed, cents):
    with speaking(language):
        assert EurosField(required=False).clean(typed) == cents


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("fr", "1,250"), ("fr", "1.250"), ("fr", "12,505"), ("fr", "1.250,50"), ("en", "1,250.505"), ("en", "1.250,50"),
        ("en", "12,5000"), ("fr", "NaN"), ("en", "Infinity"), ("fr", "douze"),
    ],
)  # fmt: skip
def test_what_could_be_read_two_ways_is_refused(language, typed):
    with speaking(language), pytest.raises(ValidationError):
        EurosField(required=False).clean(typed)


def test_what_is_shown_is_what_is_read():
    for language, shown in (("fr", "1250,50"), ("en", "1250.50")):
        with speaking(language):
            assert EurosField().prepare_value(125_050) == shown
            assert EurosField().clean(shown) == 125_050
