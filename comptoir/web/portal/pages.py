"""What every page of the client's space is made of: its tabs, its pages of 25, what waits for the client."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from comptoir.clients.access import Reader
from comptoir.proposals import queries as proposals
from comptoir.web.shared.links import legal_links

A_PAGE = 25
TABS = (
    ("requests", "portal:home", _("Demandes")),
    ("bookings", "portal:bookings", _("Réservations")),
    ("dates", "portal:dates", _("Dates à confirmer")),
    ("receipts", "portal:receipts", _("Reçus")),
    ("invitations", "portal:invitations", _("Convocations")),
)


def paged(request: Any, rows: Any) -> Page[Any]:
    """The page asked for; the nearest one for a number that is none."""
    return Paginator(rows, A_PAGE).get_page(request.GET.get("page"))


def shown(request: Any, reader: Reader, name: str, context: dict[str, Any]) -> HttpResponse:
    """A page of the space, under its tabs, with how many proposals of dates wait for an answer."""
    awaited = proposals.awaited(reader.client.pk, organisation_id=request.organisation.pk, at=request.at).count()
    tabs = [
        {"url": reverse(url), "label": label, "is_current": code == name, "count": awaited if code == "dates" else 0}
        for code, url, label in TABS
    ]
    shell = {"reader": reader, "tabs": tabs, "awaited": awaited, "legal_links": legal_links(request.organisation)}
    return render(request, f"portal/{name}.html", shell | context)
