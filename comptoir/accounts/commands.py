"""Open, close and change an account."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from comptoir.accounts.models import User
from comptoir.base.errors import Invalid, Refusal


class LoginTaken(Refusal):
    """Another account already answers to this login or this address, in any spelling (E6)."""

    code = "login-taken"


def open_account(
    *,
    login: str,
    email: str,
    at: datetime,
    password: str = "",
    first_name: str = "",
    last_name: str = "",
    is_operator: bool = False,
) -> int:
    """An account exists and its id is returned; without a password it waits for a single-use link (E3).

    Refuses: Invalid (empty login, weak password), LoginTaken.
    """
    keys = User.keys(login, email)
    if not keys["username"]:
        raise Invalid(_("L’identifiant est vide : indiquez par exemple dupont.jean."), field="login")
    user = User(**keys, first_name=first_name, last_name=last_name, is_operator=is_operator, created_at=at)
    _set_password(user, password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise LoginTaken(_("Cet identifiant ou cette adresse a déjà un compte."), field="login") from error
    return user.pk


def _set_password(user: User, password: str) -> None:
    if not password:
        user.set_unusable_password()
        return
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), field="password") from error
    user.set_password(password)
