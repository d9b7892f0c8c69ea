"""The doors of the spaces: a contact of one of the organisation's clients (A4), a member (E7), signed in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate

from comptoir.clients.access import Reader
from comptoir.members import queries as members
from comptoir.organisations.actors import Actor
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
        if reader is None and _membership(request) is not None:
            return redirect("portal:member")
        if reader is None:
            return render(request, "portal/nobody.html", status=403)
        request.actor = actor_for(request, reader)
        return view(request, reader, *args, **kwargs)

    return inner


def member_of(view: View) -> View:
    """The view is given the membership of who signed in, read in one query; who has none is told so."""

    @public
    @wraps(view)
    def inner(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        own = _membership(request)
        if own is None:
            is_open = members.rules(request.organisation.pk).is_open
            return render(request, "portal/no_member.html", {"is_open": is_open}, status=403)
        request.actor = Actor(request.organisation.pk, request.user.full_name, request.user.pk)
        return view(request, own, *args, **kwargs)

    return inner


def _membership(request: Any) -> members.Own | None:
    return members.own(request.user.pk, organisation_id=request.organisation.pk, on=localdate(request.at))
