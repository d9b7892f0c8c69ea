"""allauth, in our manner: any letter case, tries counted by account, mails through the outbox, no public sign-up."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from comptoir.accounts import queries
from comptoir.administration.commands import access
from comptoir.base.text import login_key
from comptoir.web.signin.places import destination

SIGNED_IN_AT = "signed_in_at"
_MISMATCH = _("L’identifiant ou le mot de passe n’est pas le bon.")
_WAIT = _(
    "Trop d’essais. Attendez quelques minutes, ou demandez un lien par courriel avec «\u202fMot de passe "
    "oublié\u202f»\u00a0: il fonctionne même maintenant."
)
NOTICES: dict[str, access.Notice] = {
    "account/email/password_changed": "password",
    "account/email/password_reset": "password",
    "account/email/password_set": "password",
    "mfa/email/totp_activated": "factor-on",
    "mfa/email/totp_deactivated": "factor-off",
    "mfa/email/recovery_codes_generated": "codes",
    "mfa/email/webauthn_added": "key-on",
    "mfa/email/webauthn_removed": "key-off",
}


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in rules that differ from allauth's defaults."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _MISMATCH,
        "enter_current_password": _("Ce n’est pas votre mot de passe actuel."),
        "incorrect_password": _("Ce n’est pas votre mot de passe."),
        "incorrect_code": _("Ce code n’est pas le bon. Prenez celui que l’application affiche maintenant."),
        "email_password_mismatch": _MISMATCH,
        "username_password_mismatch": _MISMATCH,
        "too_many_login_attempts": _WAIT,
        "rate_limited": _("Trop d’essais. Attendez quelques minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are opened by the organisation."""
        return False

    def clean_username(self, username: str, shallow: bool = False) -> str:
        """Any spelling of a login is that login (E6)."""
        return login_key(username)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """One text and one password, whatever the text is."""
        text = credentials.get("username") or credentials.get("email") or ""
        user = super().authenticate(request, username=text, password=credentials.get("password", ""))
        return user if user is not None and user.is_active else None  # a closed account answers like a wrong password

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Tries are counted by account, however it is spelt and at whatever address of ours (T59)."""
        text = credentials.get("username") or credentials.get("email") or ""
        user = queries.called(text)
        return f"account:{user.pk}" if user else f"nobody:{login_key(text)}"

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in, and note when: the session ends by itself (see `middleware`)."""
        super().login(request, user)
        request.session[SIGNED_IN_AT] = time.time()

    def is_safe_url(self, url: str) -> bool:
        """`next=` leads to a page of this very host and scheme, nowhere else (T63)."""
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To the one place this person works at, else to the choice."""
        return destination(request)

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """To the organisation's counter, or the platform's first page."""
        return get_script_prefix()

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """The owner is told of what changed, through the outbox (T57)."""
        here: Any = self.request
        organisation_id = here.organisation.pk if here.organisation else None
        access.tell_owner(user_id=user.pk, what=NOTICES[template_prefix], organisation_id=organisation_id, at=here.at)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """allauth's own mails have no sender here: each is one of the outbox's kinds, or is not sent."""
        raise NotImplementedError(template_prefix)
