"""Single-use links that let a person choose a password. None is ever stored: a key is derived, and checked (E3, T57).

The outbox keeps the address sealed until the mail has left, and shows another in its place (`mail.sealing`).
"""

from datetime import datetime, timedelta
from typing import Literal

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils.http import base36_to_int, int_to_base36

from comptoir.accounts.models import User

Hours = Literal[1, 24]  # asked by oneself | sent by staff (T57)
SELF_SERVICE: Hours = 1
FROM_STAFF: Hours = 24
_LONGEST = 24  # settings.PASSWORD_RESET_TIMEOUT


class LinkKeys(PasswordResetTokenGenerator):
    """Keys derived from the account's own state: using one, signing in, changing the address or the role kills all."""

    key_salt = "comptoir.accounts.links"

    def made_for(self, user: User, hours: Hours) -> str:
        """A key that lives so many hours: one of 24 hours, made that much earlier."""
        made_at: datetime = self._now() - timedelta(hours=_LONGEST - hours)
        return str(self._make_token_with_timestamp(user, self._num_seconds(made_at), self.secret))

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        last = user.last_login.replace(microsecond=0, tzinfo=None) if user.last_login else ""
        return f"{user.pk}|{user.password}|{user.session_round}|{last}|{user.email}|{timestamp}"


def path(user: User, hours: Hours) -> str:
    """The path of a live link, to put after the address of an organisation or of the platform."""
    return f"compte/lien/{int_to_base36(user.pk)}-{LinkKeys().made_for(user, hours)}/"


def owner(uid: str, key: str) -> User | None:
    """The active account a link opens now; None when it was used, has lapsed, or never was one."""
    try:
        user = User.objects.filter(pk=base36_to_int(uid), is_active=True).first()
    except (ValueError, OverflowError):
        return None
    return user if user is not None and LinkKeys().check_token(user, key) else None
