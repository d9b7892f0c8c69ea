"""allauth, in our manner: any letter case, mails through the outbox, no public sign-up for staff."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from comptoir.base.text import login_key


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in rules that differ from allauth's defaults."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are opened by the organisation."""
        return False

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """Any spelling of a login is that login (E6)."""
        return login_key(username)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Fold the login before the lookup."""
        if "username" in credentials:
            credentials["username"] = login_key(credentials["username"])
        return super().authenticate(request, **credentials)
