"""The list of clients."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from comptoir.clients import queries
from comptoir.web.desk.clients.doors import keeper
from comptoir.web.desk.clients.filters import ClientFilter
from comptoir.web.desk.clients.tables import ClientTable
from comptoir.web.shared.lists import chips, configured


@require_safe
@keeper
def clients(request: HttpRequest) -> HttpResponse:
    """A page of the list, narrowed and sorted by what the address says."""
    here: Any = request
    found = ClientFilter(request.GET, queryset=queries.clients(seen_by=here.actor), request=request)
    table = configured(request, ClientTable(found.qs))
    if any(request.GET.values()):
        table.nothing_text = _("Rien ne correspond\u00a0: retirez un filtre, ou cherchez un seul mot.")
    else:
        table.nothing_text = _("Un client est créé à la main, depuis une demande, ou avec un fichier.")
        table.nothing_url, table.nothing_action = reverse("desk:clients-imports"), _("Importer un fichier")
    context = {"table": table, "form": found.form, "chips": chips(request, found.form)}
    return render(request, "desk/clients/clients.html", context)
