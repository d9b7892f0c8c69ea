"""Open an account, change its address, end its sessions."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from comptoir.accounts.models import User
from comptoir.base.errors import Invalid, Refusal, refuse_all
from comptoir.base.text import clean_line, email_key


class LoginTaken(Refusal):
    """Another account already answers to this login or this address, in any spelling (E6)."""

    code = "login-taken"


class EmailTaken(LoginTaken):
    """Another account already has this address."""

    code = "email-taken"


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

    Refuses: Invalid (empty login, malformed address, weak password), LoginTaken.
    """
    keys = User.keys(clean_line(login), email)
    refuse_all([*_login_refusals(keys["username"], keys["email"]), *_email_refusals(keys["email"])])
    names = {"first_name": clean_line(first_name), "last_name": clean_line(last_name)}
    user = User(**keys, **names, is_operator=is_operator, created_at=at)
    _set_password(user, password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError as error:
        raise LoginTaken(_("Cet identifiant ou cette adresse a déjà un compte."), field="login") from error
    return user.pk


def set_email(*, user_id: int, email: str) -> None:
    """The account has this address, and links sent to the former one are dead. Refuses: Invalid, EmailTaken."""
    key = email_key(email)
    refuse_all(_email_refusals(key) if key else [Invalid(_("L’adresse est vide."), field="email")])
    try:
        with transaction.atomic():
            User.objects.filter(pk=user_id).update(email=key)
    except IntegrityError as error:
        raise EmailTaken(_("Un autre compte a déjà cette adresse."), field="email") from error


def end_sessions(*, user_id: int) -> None:
    """Every session and every link of this person is refused from the next request on (T55)."""
    User.objects.filter(pk=user_id).update(session_round=F("session_round") + 1)


def set_active(*, user_id: int, is_active: bool) -> None:
    """The person can sign in, or can no longer, at once."""
    User.objects.filter(pk=user_id).update(is_active=is_active, session_round=F("session_round") + 1)


def _login_refusals(key: str, email: str) -> list[Refusal]:
    if not key:
        return [Invalid(_("L’identifiant est vide\u202f; indiquez par exemple dupont.jean."), field="login")]
    if len(key) > 150:
        return [Invalid(_("L’identifiant est trop long\u00a0: 150 caractères au plus."), field="login")]
    if "@" in key and key != email:  # what one person types to sign in must not be another's address
        return [Invalid(_("Un identifiant en forme d’adresse doit être l’adresse du compte."), field="login")]
    return []


def _email_refusals(key: str) -> list[Refusal]:
    try:
        if key:
            validate_email(key)
    except ValidationError:
        return [Invalid(_("Cette adresse n’a pas la forme nom@domaine.fr."), field="email")]
    return []


def _set_password(user: User, password: str) -> None:
    if not password:
        user.set_unusable_password()
        return
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), field="password") from error
    user.set_password(password)


def erase_account(*, user_id: int) -> None:
    """Nobody signs in with this account any more, and nothing says whose it was. In the caller's transaction."""
    User.objects.filter(pk=user_id).update(
        login=f"efface-{user_id}", username=f"efface-{user_id}", email="", first_name="", last_name="",
        password=make_password(None), is_active=False, session_round=F("session_round") + 1, last_login=None,
    )  # fmt: skip
    Authenticator.objects.filter(user_id=user_id).delete()
    UserSession.objects.filter(user_id=user_id).delete()  # they hold addresses of machines
