"""The keys of programs: list, issue (shown once), revoke."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.administration.commands import tokens as commands
from comptoir.base.errors import Refusal
from comptoir.organisations import queries
from comptoir.organisations.states import Scope
from comptoir.web.desk.settings.doors import administrator
from comptoir.web.desk.settings.forms import TokenForm
from comptoir.web.desk.settings.sections import sections
from comptoir.web.shared.refused import put_on


@require_http_methods(["GET", "HEAD", "POST"])
@administrator
def tokens(request: HttpRequest) -> HttpResponse:
    """The list; POST issues one, and that page alone shows it."""
    here: Any = request
    form = TokenForm(request.POST or None)
    key = ""
    if request.method == "POST" and form.is_valid():
        key = _issued(here, form)
    if key:
        form = TokenForm()
    labels = dict(Scope.choices)
    rows = [(row, [labels.get(one, one) for one in row.scopes.split()]) for row in queries.tokens(seen_by=here.actor)]
    context = {"form": form, "key": key, "rows": rows, "sections": sections("desk:settings-tokens")}
    return render(request, "desk/settings/tokens.html", context, status=422 if form.errors else 200)


@require_POST
@administrator
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """The key opens nothing any more."""
    here: Any = request
    commands.revoke_token(token_id=token_id, by=here.actor, at=here.at)
    messages.success(request, _("Le jeton est révoqué."))
    return redirect("desk:settings-tokens")


def _issued(request: Any, form: TokenForm) -> str:
    values = form.cleaned_data
    try:
        return commands.issue_token(name=values["name"], scopes=values["scopes"], by=request.actor, at=request.at)
    except Refusal as refusal:
        put_on(form, refusal)
        return ""
