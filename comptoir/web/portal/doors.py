"""The door of the client's space: a contact of one of the organisation's clients, signed in (A4)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import render

from comptoir.clients.access import Reader
from comptoir.web.shared.doors import public
from comptoir.web.shared.visitor import actor_for, reader_of

View = Callable[..., HttpResponse]


def client_contact(view: View) -> View:
    """The view is given the reader; nobody signed in is sent to sign in, and who is no client's contact is told so."""

    @public
    @wraps(view)
    def inner(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        reader: Reader | None = reader_of(request)
        if reader is None:
            return render(request, "portal/nobody.html", status=403)
        request.actor = actor_for(request, reader)
        return view(request, reader, *args, **kwargs)

    return inner
