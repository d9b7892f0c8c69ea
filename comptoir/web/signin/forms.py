"""The questions of the sign-in pages, in our words. They check shape and ask allauth; ForgottenForm asks for a link."""

from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from comptoir.administration.commands import access

RULES = _(
    "12 caractères au moins\u202f; une phrase convient très bien. Ni un mot de passe courant, ni votre nom ou votre "
    "adresse. Aucune autre règle."
)


class _Plain(forms.Form):
    """Labels stand above the fields: no placeholder repeats them."""

    words: dict[str, Any] = {}
    helps: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.words.get(name, field.label)
            field.help_text = self.helps.get(name, "")


class LoginForm(_Plain, allauth_forms.LoginForm):  # type: ignore[misc]
    """Login or address, and password."""

    words = {"login": _("Identifiant ou adresse de courriel"), "password": _("Mot de passe")}
    helps = {"login": _("Majuscules ou minuscules, peu importe.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
            "maxlength": "254",
        }


class ReauthenticateForm(_Plain, allauth_forms.ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that matters."""

    words = {"password": _("Mot de passe")}


class ForgottenForm(forms.Form):
    """Whom to send a link to. Says nothing about whether the account exists."""

    email = forms.CharField(
        label=_("Identifiant ou adresse de courriel"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def save(self, request: HttpRequest) -> None:
        """Ask for the link: one command, the same answer for everybody."""
        here: Any = request
        organisation_id = here.organisation.pk if here.organisation else None
        access.ask_link(text=self.cleaned_data["email"], organisation_id=organisation_id, at=here.at)


class _TwoPasswords(_Plain):
    words = {
        "oldpassword": _("Mot de passe actuel"),
        "password1": _("Nouveau mot de passe"),
        "password2": _("Le même, une seconde fois"),
    }
    helps = {"password1": RULES}

    def clean(self) -> dict[str, Any] | None:
        """Compare in our own words."""
        values = self.cleaned_data
        if "password1" in values and "password2" in values and values["password1"] != values["password2"]:
            self.add_error("password2", _("Les deux mots de passe ne sont pas les mêmes."))
        return values


class ChooseForm(_TwoPasswords, allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]
    """A password chosen from the link of the mail."""


class ChangeForm(_TwoPasswords, allauth_forms.ChangePasswordForm):  # type: ignore[misc]
    """A new password in place of the old one."""


class FirstForm(_TwoPasswords, allauth_forms.SetPasswordForm):  # type: ignore[misc]
    """A first password, for an account that has none."""
