"""The deny-list: what a guesser tries first is refused, sentences are welcome."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tests.factories import make_user

GUESSED = [
    "motdepasse123", "MotDePasse2026!", "M0td3p@sse2026", "azertyazerty", "Azerty123456", "bonjourbonjour1",
    "aaaaaaaaaaaa", "121212121212", "administrateur1", "comptoir20262026", "password12345", "court",
]  # fmt: skip
KEPT = [
    "cinq tasses de café noir",
    "le train part à 7h12",
    "ma grand-mère bricole",
    "xK9#vQ2!pLr8",
    "correct cheval pile agrafe",
]


@pytest.mark.parametrize("password", GUESSED)
def test_guessed_first(password):
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize("password", KEPT)
def test_welcome(password):
    validate_password(password)


@pytest.mark.django_db
def test_ones_own_name_is_no_password():
    user = make_user("dupont.jean-baptiste")
    with pytest.raises(ValidationError):
        validate_password("dupont.jean-baptiste", user)
