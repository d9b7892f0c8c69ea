"""Whose password this is: one look-up and one check, whatever was typed (E6, T56)."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from comptoir.accounts import queries


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's, with our look-up.

    allauth's own tries the text as an address and as a login, so that a known address costs two password checks and
    an unknown one costs one: the time would tell which is which.
    """

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> Any:
        user = queries.called(credentials.get("username") or credentials.get("email") or "")
        return self._check_password(user, credentials["password"])
