"""The second factor (TOTP, optional): its secret is kept encrypted, and reading its page writes nothing."""

import base64
import hashlib
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base import forms as base_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.totp.internal import auth
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django import forms
from django.conf import settings
from django.utils.encoding import force_bytes
from django.utils.translation import gettext_lazy as _

from comptoir.web.signin.devices import name_of

SEED_SECONDS = 15 * 60


def box() -> MultiFernet:
    """Encrypts with the deployment's key; still reads what a former key wrote (SECRET_KEY_FALLBACKS)."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.sha256(b"comptoir.web.signin.mfa" + force_bytes(key)).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """A stolen copy of the database does not hold the second factor."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Ce code n’est pas le bon, ou cette clé n’est pas la vôtre. Recommencez."),
    }

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # allauth's names
        """A key is first called after the browser that made it: « Firefox, Windows »."""
        return name_of(context.request.META.get("HTTP_USER_AGENT", ""))

    def encrypt(self, text: str) -> str:
        """For the database."""
        return box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """From the database."""
        return box().decrypt(encrypted_text.encode()).decode()


class _Code(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = _("Code de l’application, ou code de secours")
        code.widget.attrs = {"autocomplete": "one-time-code", "inputmode": "text", "class": "short"}


class AuthenticateForm(_Code, base_forms.AuthenticateForm):  # type: ignore[misc]
    """The code of the application, or a recovery code."""


class ReauthenticateForm(_Code, base_forms.ReauthenticateForm):  # type: ignore[misc]
    """The same, before something that matters."""


class ActivateForm(totp_forms.ActivateTOTPForm):  # type: ignore[misc]
    """First code of the application. The secret travels encrypted in the form, not in the session (T64)."""

    seed = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.user = kwargs.pop("user")
        forms.Form.__init__(self, *args, **kwargs)
        self.fields["code"].label = _("Code à 6 chiffres affiché par l’application")
        self.fields["code"].widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "short"}
        self.secret = self._carried() or auth.generate_totp_secret()
        self.initial["seed"] = self._sealed(self.secret)

    def _carried(self) -> str:
        """The secret of the page just answered; '' if none, too old, or another person's."""
        try:
            text = box().decrypt(self.data.get("seed", "").encode(), ttl=SEED_SECONDS).decode()
        except InvalidToken:
            return ""
        owner, _separator, secret = text.partition(":")
        return secret if owner == str(self.user.pk) else ""

    def _sealed(self, secret: str) -> str:
        return box().encrypt(f"{self.user.pk}:{secret}".encode()).decode()
