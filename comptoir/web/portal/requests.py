"""The client's own requests: where each stands, in words, and what it asked for (A4)."""

from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from comptoir.clients.access import Reader
from comptoir.preregistrations.queries import own
from comptoir.preregistrations.states import RequestState
from comptoir.web.portal.doors import client_contact
from comptoir.web.shared.links import legal_links

# What a client reads, and in which tone; the desk's own words are for the desk.
WORDS: dict[str, tuple[Any, str]] = {
    RequestState.RECORDED: (_("En cours d’enregistrement"), "wait"),
    RequestState.PENDING: (_("Reçue, à confirmer par nos soins"), "wait"),
    RequestState.INTEGRATED: (_("Traitée"), "done"),
    RequestState.BINNED: (_("Classée sans suite"), "idle"),
}
A_PAGE = 25


@require_safe
@client_contact
def home(request: Any, reader: Reader) -> HttpResponse:
    """The requests of the client, newest first."""
    found = own.requests(client_id=reader.client.pk, organisation_id=request.organisation.pk)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = [{"request": one, "word": WORDS[one.state][0], "tone": WORDS[one.state][1]} for one in page]
    waiting = own.waiting(client_id=reader.client.pk, organisation_id=request.organisation.pk)
    context = {"reader": reader, "rows": rows, "page": page, "waiting": waiting}
    return _shown(request, "portal/home.html", context)


@require_safe
@client_contact
def detail(request: Any, reader: Reader, reference: str) -> HttpResponse:
    """One request: its people, its sessions, its amounts. Another client's does not exist."""
    found = own.requests(client_id=reader.client.pk, organisation_id=request.organisation.pk)
    one = found.filter(reference=reference[:20]).first()
    if one is None:
        raise Http404
    groups = [
        {"session": session, "people": list(people)}
        for session, people in groupby(own.lines_of(one), key=lambda line: line.session)
    ]
    word, tone = WORDS[one.state]
    context = {"reader": reader, "one": one, "groups": groups, "word": word, "tone": tone}
    return _shown(request, "portal/request.html", context)


def _shown(request: Any, template: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, {**context, "legal_links": legal_links(request.organisation)})
