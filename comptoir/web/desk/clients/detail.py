"""The page of a client: who it is, its people, and everything that hangs on it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comptoir.base.errors import Refusal
from comptoir.bookings import queries as bookings
from comptoir.clients import duplicates, numbers, queries
from comptoir.deals import queries as deals
from comptoir.integration import queries as integration
from comptoir.journal import queries as journal
from comptoir.mail import queries as mail
from comptoir.preregistrations.queries import own
from comptoir.web.desk.clients.doors import keeper
from comptoir.web.desk.clients.tables import grouped_siret
from comptoir.web.desk.journal.labels import label
from comptoir.web.shared.doors import STATUS

RECENT = 8


@require_safe
@keeper
def client(request: HttpRequest, client_id: int) -> HttpResponse:
    """Its page; that of the record kept, when this one was merged into it then deleted (G6)."""
    here: Any = request
    if kept := queries.kept_instead(client_id, seen_by=here.actor):
        messages.info(request, _("Cette fiche a été fusionnée dans celle-ci, puis supprimée."))
        return redirect("desk:client", kept)
    return shown(request, client_id)


def shown(request: HttpRequest, client_id: int, *, refusal: Refusal | None = None) -> HttpResponse:
    """The page, with the refusal of what was just tried, if any."""
    here: Any = request
    row = queries.client(client_id, seen_by=here.actor)
    context = {
        "row": row,
        "siret": grouped_siret(row.siret) if row.siret else "",
        "contacts": queries.contacts(row.pk, seen_by=here.actor),
        "places": queries.places(row.pk, seen_by=here.actor),
        "refusal": refusal,
        "resembling": duplicates.pairs_of(row.pk, seen_by=here.actor)[:RECENT],
        "numbers": numbers.others_of(row),
        "numbers_shown": numbers.SHOWN,
        "kept_in": queries.kept_for(row.pk, seen_by=here.actor),
        **_requests(here, row),
        **_business(here, row),
        **_traces(here, row),
    }
    return render(request, "desk/clients/client.html", context, status=STATUS[refusal.kind] if refusal else 200)


def _requests(request: Any, row: Any) -> dict[str, Any]:
    recognised = integration.given_to(row.pk, seen_by=request.actor)
    found = own.requests(client_id=row.pk, organisation_id=request.actor.organisation_id, also=recognised)
    return {"requests": found[:RECENT], "request_count": found.count()}


def _business(request: Any, row: Any) -> dict[str, Any]:
    """Its deals, and the people it has registered."""
    pipeline = deals.of_client(row.pk, seen_by=request.actor)
    people = bookings.registrations(seen_by=request.actor).filter(booking__client=row)
    return {
        "deals": pipeline[:RECENT],
        "deal_count": pipeline.count(),
        "registrations": people[:RECENT],
        "registration_count": people.count(),
    }


def _traces(request: Any, row: Any) -> dict[str, Any]:
    """The mails about it, and what was done, for those who may read the journal."""
    acts = []
    if request.actor.is_administrator:
        found = journal.entries(seen_by=request.actor, about=row.number)[:RECENT]
        acts = [(entry, label(entry.what)) for entry in found]
    return {"mails": mail.of(row.number, seen_by=request.actor)[:RECENT], "acts": acts}
