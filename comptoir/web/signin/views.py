"""The sign-in pages that differ from allauth's: the forgotten password, the link of the mail, the choice of a place."""

from typing import Any

from allauth.account import views as allauth_views
from allauth.decorators import rate_limit
from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe
from django.views.generic.edit import FormView

from comptoir.accounts import links
from comptoir.web.shared import evened
from comptoir.web.signin.places import places


class ForgottenView(allauth_views.PasswordResetView):  # type: ignore[misc]
    """Ask for a link. Known or not, the answer and the time it takes are the same (T56)."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The time is counted from here: the account is looked for while the form is read."""
        self.since = evened.began()
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Queue the mail if there is an account, and take as long if there is none."""
        response: HttpResponse = super().form_valid(form)
        evened.take_as_long(self.since)
        return response


@method_decorator(sensitive_post_parameters("password1", "password2"), name="dispatch")
@method_decorator(rate_limit(action="reset_password_from_key"), name="dispatch")
class LinkView(allauth_views.PasswordResetFromKeyView):  # type: ignore[misc]
    """Choose a password from the link of the mail.

    allauth keeps the key in the session while the form is shown; here it stays in the address alone, which is sent
    to nobody (strict-origin), kept by nobody (no-store), masked in logs, and dead once used: no secret at rest (T57).
    """

    def dispatch(self, request: HttpRequest, uidb36: str, key: str, **kwargs: Any) -> HttpResponseBase:
        """The form while the key lives; else a page that says how to get another."""
        self.reset_user = links.owner(uidb36, key)
        self.key = key
        if self.reset_user is None:
            return render(request, "account/link_dead.html", status=410)
        response = FormView.dispatch(self, request, uidb36=uidb36, key=key)
        response.headers["Referrer-Policy"] = "strict-origin"  # no-referrer would send the form without an origin
        return response

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """The password is chosen, all sessions end, the person comes in (through the second factor if there is one)."""
        if self.request.user.is_authenticated:
            self.logout()
        response: HttpResponse = super().form_valid(form)
        return response


@require_safe
@login_required
def choose_place(request: HttpRequest) -> HttpResponse:
    """Every door open to this person; straight in when there is only one."""
    found = places(request)
    if len(found) == 1:
        return redirect(found[0].url)
    return render(request, "account/places.html", {"places": found})
