"""Passkeys: add, name, remove, sign in with one, show one as the second step. allauth keeps and checks them.

The question to the browser is asked by POST, so that reading a page writes nothing (T64): allauth's own pages ask it
while they are read.
"""

import json
from collections.abc import Callable
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.templatekit import get_entrance_context_data
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn import forms as allauth_forms
from allauth.mfa.webauthn import views
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic.base import ContextMixin

LONGEST = 60
MALFORMED = (AttributeError, KeyError, TypeError, ValueError)  # what the library raises on a made-up answer


class AddForm(allauth_forms.SignupWebAuthnForm):  # type: ignore[misc]
    """A name, and what the browser made: a key that says who one is, once its owner unlocked it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self.fields["name"])

    def clean(self) -> dict[str, Any]:
        """Checked by the library; whatever it stumbles on is not a key."""
        return _checked(super().clean)


class EditForm(allauth_forms.EditWebAuthnForm):  # type: ignore[misc]
    """Another name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _name(self.fields["name"])


class LoginForm(allauth_forms.LoginWebAuthnForm):  # type: ignore[misc]
    """The key alone: it was unlocked by its owner, so it is both factors."""

    def clean_credential(self) -> Any:
        """Checked by the library."""
        return _checked(super().clean_credential)


class AuthenticateForm(allauth_forms.AuthenticateWebAuthnForm):  # type: ignore[misc]
    """The key after the password."""

    def clean_credential(self) -> Any:
        """Checked by the library."""
        return _checked(super().clean_credential)


class ReauthenticateForm(allauth_forms.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """The key once more, before something that matters."""

    def clean_credential(self) -> Any:
        """Checked by the library."""
        return _checked(super().clean_credential)


class AddView(views.AddWebAuthnView):  # type: ignore[misc]
    """Add a key; the first one comes with recovery codes."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Without the question: the button asks it."""
        return _plain(self, **kwargs)

    def get_success_url(self) -> str:
        """To the codes just made, else to the keys."""
        return reverse("mfa_view_recovery_codes" if self.did_generate_recovery_codes else "mfa_list_webauthn")


class LoginView(views.LoginWebAuthnView):  # type: ignore[misc]
    """Sign in with a key alone."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Nothing to read here."""
        return redirect("account_login")


class AuthenticateView(base.AuthenticateView):  # type: ignore[misc]
    """The second step: a code, or a key for who has one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Without the question: the button asks it."""
        keys = Authenticator.objects.filter(user=self.stage.login.user, type=Authenticator.Type.WEBAUTHN)
        code = Authenticator.objects.filter(user=self.stage.login.user, type=Authenticator.Type.TOTP)
        found: dict[str, Any] = _plain(self, **kwargs) | get_entrance_context_data(self.request)
        return found | {"form": self.auth_form, "has_keys": keys.exists(), "has_code": code.exists()}


class ReauthenticateView(views.ReauthenticateWebAuthnView):  # type: ignore[misc]
    """The key once more."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Without the question: the button asks it."""
        found: dict[str, Any] = super(views.ReauthenticateWebAuthnView, self).get_context_data(**kwargs)
        return found

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Asked again, with what was wrong."""
        answer: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        return answer


@require_POST
@login_required
@reauthentication_required(app="allauth.mfa")  # type: ignore[untyped-decorator]
def add_options(request: HttpRequest) -> HttpResponse:
    """What the browser needs to make a key."""
    return _answer(auth.begin_registration(request.user, True))


@require_POST
@ratelimit.decorator(app="allauth.mfa", action="webauthn_login")  # type: ignore[untyped-decorator]
def login_options(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """What the browser needs to show a key, whoever's it is: the answer is the same for everybody (T56)."""
    return _answer(auth.begin_authentication(user=None))


@require_POST
@login_stage_required(stage=AuthenticateStage.key, redirect_urlname="account_login")  # type: ignore[untyped-decorator]
def authenticate_options(request: Any) -> HttpResponse:
    """The same, for a key of whoever has just given the password."""
    return _answer(auth.begin_authentication(request._login_stage.login.user))


@require_POST
@login_required
def reauthenticate_options(request: HttpRequest) -> HttpResponse:
    """The same, for a key of whoever is signed in."""
    return _answer(auth.begin_authentication(request.user))


def _answer(options: Any) -> HttpResponse:
    return HttpResponse(json.dumps(options, default=dict), content_type="application/json")


def _plain(view: Any, **kwargs: Any) -> dict[str, Any]:
    found = ContextMixin.get_context_data(view, **kwargs)
    return found if "form" in found or not hasattr(view, "get_form") else found | {"form": view.get_form()}


def _name(field: Any) -> None:
    field.label, field.max_length = _("Nom de la clé"), LONGEST
    field.widget.attrs |= {"maxlength": LONGEST, "autocomplete": "off"}
    field.help_text = _("Pour la reconnaître dans la liste, par exemple «\u202fOrdinateur du bureau\u202f».")


def _checked[T](check: Callable[[], T]) -> T:
    try:
        return check()
    except MALFORMED as error:
        raise get_adapter().validation_error("incorrect_code") from error
