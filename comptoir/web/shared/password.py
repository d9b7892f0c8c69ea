"""The password once more, in the form of an act that nothing takes back (T69). Tries count with those of signing in."""

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.utils.translation import gettext_lazy as _


class PasswordForm(forms.Form):
    """Whoever sits at the desk is who signed in: an open session is not enough.

    Not allauth's `reauthentication_required`: it turns away a session that has just signed in, and asks on a page of
    its own, where nothing says what is about to be lost.
    """

    password = forms.CharField(
        label=_("Votre mot de passe"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Écrivez votre mot de passe.")},
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user

    def clean_password(self) -> str:
        """It is this account's. Wrong, or tried too often: said beside the field."""
        password: str = self.cleaned_data["password"]
        adapter = get_adapter()
        if not adapter.reauthenticate(self._user, password):
            raise adapter.validation_error("incorrect_password")
        return password
