"""How passwords are kept; the French half of the deny-list (CNIL): long is not enough when everybody chooses it."""

import re
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from comptoir.base.text import folded

# What remains of a password without its digits and signs must not be one of these, even said several times.
COMMON = frozenset(
    "motdepasse monmotdepasse password passe secret azerty azertyuiop qwerty qwertyuiop qsdfghjklm wxcvbn abcdef "
    "bonjour bonsoir bienvenue salut soleil jetaime loulou doudou chouchou marseille paris france admin administrateur "
    "administrator comptoir bureau formation inscription inscriptions stage stagiaire secourisme gestion accueil "
    "changeme changezmoi provisoire temporaire entreprise association organisme test demo janvier fevrier mars avril "
    "mai juin juillet aout septembre octobre novembre decembre printemps ete automne hiver".split()
)
_LOOKS_LIKE = str.maketrans("013457@$!", "oieastasi")


class Hasher(Argon2PasswordHasher):
    """Argon2id at RFC 9106's second recommended setting: 64 MiB a check, so that four sign-ins at once fit 256 MiB.

    A password hashed otherwise is hashed again when its owner next signs in.
    """

    time_cost = 3
    memory_cost = 64 * 1024  # KiB
    parallelism = 4


class CommonInFrenchValidator:
    """Refuses « Motdepasse2026! », « azertyazerty12 », « aaaaaaaaaaaa »."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002 Django's own signature
        """Raise ValidationError for what a guesser tries first."""
        if len(set(password.casefold())) < 5 or any(_is_common(text) for text in _readings(password)):
            raise ValidationError(
                _("On essaierait ce mot de passe parmi les premiers. Choisissez plutôt une phrase à vous."),
                code="password_too_common",
            )

    def get_help_text(self) -> str:
        """Said before typing, with the other rules."""
        return _("Ni un mot de passe courant, ni un mot suivi de chiffres.")


def _readings(password: str) -> tuple[str, str]:
    """Letters only, once as they are and once with « 0 » read as « o », « @ » as « a » …"""
    plain = folded(password).replace(" ", "")
    leet = folded(password.strip("0123456789!?.*#").casefold().translate(_LOOKS_LIKE)).replace(" ", "")
    return re.sub(r"\d", "", plain), re.sub(r"\d", "", leet)


def _is_common(letters: str) -> bool:
    """One of the words, or one of them several times over."""
    return any(letters == word * (len(letters) // len(word)) for word in COMMON if len(letters) >= len(word))
