"""Walking through the steps: each needs a basket with something in it, and the steps before it answered."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from comptoir.preregistrations.commands.baskets import AlreadyConfirmed
from comptoir.preregistrations.queries.baskets import Contents
from comptoir.web.public.pages import basket_of
from comptoir.web.public.steps import back_to, progress
from comptoir.web.shared.doors import public

Step = Callable[[Any, Contents], HttpResponse]


def with_basket(step: str) -> Callable[[Step], Callable[..., HttpResponse]]:
    """The step is shown to who has come to it, as far as `request.reached`; others are led to the basket, the step
    skipped, or the last page.
    """

    def decorate(view: Step) -> Callable[..., HttpResponse]:
        @public
        @wraps(view)
        def inner(request: Any) -> HttpResponse:
            contents = basket_of(request)
            if contents is None or not contents.lines:
                return _nothing_to_do(contents)
            reached = request.reached = progress(contents)
            if reached.lacks(step):
                messages.warning(request, _("Il reste une étape à remplir avant celle-ci."))
                return back_to(reached.furthest, revoir="1")
            try:
                return view(request, contents)
            except AlreadyConfirmed:
                return redirect("counter:confirmation")

        return inner

    return decorate


def _nothing_to_do(contents: Contents | None) -> HttpResponse:
    """A basket that was confirmed shows what it became; one that is empty or forgotten says so."""
    if contents and contents.confirmed_at:
        return redirect("counter:confirmation")
    return redirect("counter:basket")
