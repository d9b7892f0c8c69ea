"""The client's own requests: where each stands, in words, and what it asked for (A4)."""

from itertools import groupby
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from comptoir.clients.access import Reader
from comptoir.deals.states import Service, Stage
from comptoir.enquiries import own as asked
from comptoir.enquiries import queries as enquiries
from comptoir.enquiries.facts import facts, title_of
from comptoir.enquiries.own import PLACES, Line
from comptoir.preregistrations.queries import own
from comptoir.preregistrations.states import RequestState
from comptoir.web.portal.doors import client_contact
from comptoir.web.portal.pages import paged, shown

# What a client reads, and in which tone; the desk's own words are for the desk.
WORDS: dict[str, tuple[Any, str]] = {
    RequestState.RECORDED: (_("En cours d’enregistrement"), "wait"),
    RequestState.PENDING: (_("Reçue, à confirmer par nos soins"), "wait"),
    RequestState.INTEGRATED: (_("Traitée"), "done"),
    RequestState.BINNED: (_("Classée sans suite"), "idle"),
    Stage.NEW: (_("Reçue, à l’étude"), "wait"),
    Stage.CONTACTED: (_("À l’étude avec vous"), "wait"),
    Stage.PROPOSED: (_("Proposition envoyée"), "wait"),
    Stage.NEGOTIATED: (_("À l’étude avec vous"), "wait"),
    Stage.WON: (_("Acceptée"), "done"),
    Stage.LOST: (_("Classée sans suite"), "idle"),
}
PATHS = {PLACES: "portal:request", Service.COVER: "portal:enquiry", Service.COURSE: "portal:enquiry"}
NAMES: dict[str, Any] = {PLACES: _("Places en session"), **{one.value: one.label for one in Service}}


@require_safe
@client_contact
def home(request: Any, reader: Reader) -> HttpResponse:
    """The requests of the client, places and services, newest first."""
    page = paged(request, asked.requests(reader))
    rows = [_row(Line(*one)) for one in page]
    context = {"rows": rows, "page": page, "waiting": asked.waiting(reader)}
    return shown(request, reader, "requests", context)


def _row(line: Line) -> dict[str, Any]:
    word, tone = WORDS[line.state]
    url = reverse(PATHS[line.what], args=[line.reference])
    return {"line": line, "url": url, "what": NAMES[line.what], "word": word, "tone": tone}


@require_safe
@client_contact
def detail(request: Any, reader: Reader, reference: str) -> HttpResponse:
    """One request for places: its people, its sessions, its amounts. Another client's does not exist."""
    found = own.requests(client_id=reader.client.pk, organisation_id=request.organisation.pk)
    one = found.filter(reference=reference[:20]).first()
    if one is None:
        raise Http404
    groups = [
        {"session": session, "people": list(people)}
        for session, people in groupby(own.lines_of(one), key=lambda line: line.session)
    ]
    word, tone = WORDS[one.state]
    return shown(request, reader, "request", {"one": one, "groups": groups, "word": word, "tone": tone})


@require_safe
@client_contact
def enquiry(request: Any, reader: Reader, reference: str) -> HttpResponse:
    """One request for a service, as it was sent, and where it stands. Another client's does not exist."""
    one = enquiries.own(reader).filter(reference=reference[:20]).first()
    if one is None:
        raise Http404
    word, tone = WORDS[one.deal.stage]
    context = {"one": one, "title": title_of(one), "facts": facts(one), "word": word, "tone": tone}
    return shown(request, reader, "enquiry", context)
