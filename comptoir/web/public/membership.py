"""Join the organisation: ask with one's name and address, then confirm from the mailbox (E7). Nobody learns from the
answer, or from its time, who is a member already (T56).
"""

from typing import Any

from allauth.decorators import rate_limit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import get_script_prefix
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comptoir.accounts import links
from comptoir.base.errors import Refusal
from comptoir.members import queries
from comptoir.members.commands import opening
from comptoir.web.public import guard
from comptoir.web.public.pages import shown
from comptoir.web.shared import evened
from comptoir.web.shared.doors import public
from comptoir.web.shared.members import JoinForm
from comptoir.web.shared.refused import put_on

FORM = "adhesion"


@require_http_methods(["GET", "HEAD", "POST"])
@rate_limit(action="signup")  # type: ignore[untyped-decorator]
@public
def join(request: HttpRequest) -> HttpResponse:
    """Three questions; POST sends one mail, whoever the address belongs to."""
    here: Any = request
    if not queries.rules(here.organisation.pk).is_open:
        raise Http404
    form = JoinForm(request.POST if request.method == "POST" else None, needed=JoinForm.names, on=localdate(here.at))
    if request.method == "POST" and form.is_valid() and _asked(here, form):
        return redirect("counter:join-sent")
    context = {
        "form": form, "trap": guard.TRAP, "stamp_name": guard.STAMP, "stamp": guard.stamp(FORM, at=here.at),
    }  # fmt: skip
    response = shown(request, "counter/join.html", context, status=422 if form.errors else 200)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
@public
def sent(request: HttpRequest) -> HttpResponse:
    """The same words whether the address is known or not."""
    return shown(request, "counter/join_sent.html", {})


@require_http_methods(["GET", "HEAD", "POST"])
@public
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """The page of the mailed link: its button proves the address, reading it does not."""
    here: Any = request
    where = {"key": key, "organisation_id": here.organisation.pk, "at": here.at}
    if request.method == "POST":
        try:
            user = opening.confirm_address(**where)
        except opening.LinkDead:
            return _kept_by_nobody(render(request, "counter/join_dead.html", status=410))
        messages.success(request, _("Votre adresse est confirmée."))
        if user.has_usable_password():
            return _kept_by_nobody(redirect("portal:member"))
        return _kept_by_nobody(redirect(get_script_prefix() + links.path(user, links.SELF_SERVICE)))
    if not opening.is_live(**where):
        return _kept_by_nobody(render(request, "counter/join_dead.html", status=410))
    return _kept_by_nobody(render(request, "counter/join_confirm.html"))


def _asked(request: Any, form: JoinForm) -> bool:
    """Whether the demand went through; it takes the same time for everybody."""
    since = evened.began()
    try:
        guard.check(request.POST, FORM, at=request.at)
        opening.ask_to_join(**form.cleaned_data, organisation_id=request.organisation.pk, at=request.at)
    except Refusal as refusal:
        put_on(form, refusal)
        return False
    evened.take_as_long(since)
    return True


def _kept_by_nobody(response: HttpResponse) -> HttpResponse:
    """No browser, proxy or next page learns the address (T38, T57)."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "strict-origin"  # no-referrer would send the form without an origin
    return response
